"""Two people who turn out to be one: nothing of the first is lost, and the first is gone."""

import asyncio
from uuid import uuid4

import httpx

from services.registration.tests.component.desk import Desk, Json, plan_for_work, somebody

HELP = {"category": "space", "amount": 3, "unit": "day_part"}


async def _seat(desk: Desk, session_id: str, attendee_id: str) -> httpx.Response:
    body = {"attendee_id": attendee_id}
    return await desk.client.post(f"/sessions/{session_id}/sign-ups", json=body)


async def _merge(desk: Desk, gone: Json, stays: Json) -> httpx.Response:
    body = {"into": stays["person_id"]}
    return await desk.client.post(f"/persons/{gone['person_id']}/merge", json=body)


async def _two(desk: Desk) -> tuple[Json, Json]:
    """Two people, each at a gathering of their own."""
    return await desk.attendee(await desk.gathering()), await desk.attendee(await desk.gathering())


async def test_merging_gives_everything_to_the_other(desk: Desk, public: httpx.AsyncClient) -> None:
    who = somebody("Gladys W.", email=None, phone=f"+316{str(uuid4().int)[:8]}")
    gathering_id = await desk.gathering()
    gone = (await desk.client.post(f"/gatherings/{gathering_id}/attendees", json=who)).json()
    stays = await desk.attendee(await desk.gathering())
    seat = (await _seat(desk, await desk.session(gathering_id), gone["id"])).json()
    plan = plan_for_work(person_id=gone["person_id"], name=None, email=None)
    pitch = (await desk.client.post(f"/gatherings/{gathering_id}/pitches", json=plan)).json()
    support = {"stance": "joins", "person_id": gone["person_id"]}
    path = f"/pitches/{pitch['id']}/endorsements"
    endorsement_id = (await desk.client.post(path, json=support)).json()["id"]
    given_help = HELP | {"person_id": gone["person_id"]}
    offer = (await desk.client.post(f"/gatherings/{gathering_id}/offers", json=given_help)).json()
    link = await desk.link(gone["person_id"])
    merged = await _merge(desk, gone, stays)
    assert merged.json() == {
        "id": gone["person_id"],
        "into": stays["person_id"],
        "attendees": 1,
        "pitches": 1,
        "endorsements": 1,
        "offers": 1,
    }
    into = stays["person_id"]
    [moved] = await desk.said("attendee-updated", attendee_id=gone["id"])
    assert (moved["person_id"], moved["version"]) == (into, 2)
    [told] = await desk.said("pitch-updated", pitch_id=pitch["id"])
    assert (told["pitchers"], told["version"]) == ([into], 2)
    [given] = await desk.said("pitch-endorsed", endorsement_id=endorsement_id)
    assert (given["person_id"], given["version"]) == (into, 2)
    [helps] = await desk.said("need-offered", offer_id=offer["id"])
    assert (helps["person_id"], helps["version"]) == (into, 2)
    assert (await desk.client.get(f"/persons/{gone['person_id']}")).status_code == 404
    assert (await public.get(link)).status_code == 404
    seen = (await desk.client.get(f"/persons/{into}")).json()
    assert (seen["name"], seen["phone"], seen["version"]) == ("Gladys Waterlelie", who["phone"], 2)
    here = next(one for one in seen["gatherings"] if one["gathering_id"] == gathering_id)
    assert [one["id"] for one in here["sign_ups"]] == [seat["id"]]
    assert [one["id"] for one in here["pitches"]] == [pitch["id"]]
    assert [one["id"] for one in here["offers"]] == [offer["id"]]
    again = await desk.client.post(f"/gatherings/{await desk.gathering()}/attendees", json=who)
    assert again.json()["person_id"] == into


async def test_the_contact_of_who_is_gone_is_a_tombstone(desk: Desk) -> None:
    gone, stays = await _two(desk)
    await _merge(desk, gone, stays)
    rows = await desk.service.mongo["outbox"].find(
        {"topic": "person-contact", "key": gone["person_id"]}, sort=[("version", 1)]
    )
    assert [(row["version"], row["payload"]) for row in rows] == [(2, None)]
    marked = await desk.service.mongo["erased"].count({"_id": gone["person_id"]})
    assert marked == 1


async def test_the_one_who_stays_leaves_the_session_by_their_own_link(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    gathering_id = await desk.gathering()
    gone, stays = await desk.attendee(gathering_id), await desk.attendee(await desk.gathering())
    seat = (await _seat(desk, await desk.session(gathering_id), gone["id"])).json()
    await _merge(desk, gone, stays)
    await public.get(await desk.link(stays["person_id"]))
    leave = f"/me/sign-ups/{seat['id']}/leave"
    assert leave in (await public.get("/me")).text
    assert (await public.post(leave)).status_code == 303
    assert leave not in (await public.get("/me")).text


async def test_of_two_at_one_gathering_one_has_to_cancel_first(desk: Desk) -> None:
    gathering_id = await desk.gathering()
    gone, stays = await desk.attendee(gathering_id), await desk.attendee(gathering_id)
    refused = await _merge(desk, gone, stays)
    assert (refused.status_code, refused.json()["slug"]) == (409, "both-at-gathering")
    assert refused.json()["gathering_ids"] == [gathering_id]
    assert (await desk.client.get(f"/persons/{gone['person_id']}")).status_code == 200
    assert await desk.said("attendee-updated", attendee_id=gone["id"]) == []
    await desk.client.delete(f"/attendees/{gone['id']}")
    assert (await _merge(desk, gone, stays)).status_code == 200
    listed = (await desk.client.get(f"/gatherings/{gathering_id}/attendees")).json()
    assert [one["id"] for one in listed["items"]] == [stays["id"]]


async def test_the_cancelled_one_of_who_stays_makes_room_for_the_other(desk: Desk) -> None:
    gathering_id = await desk.gathering()
    gone, stays = await desk.attendee(gathering_id), await desk.attendee(gathering_id)
    session_id = await desk.session(gathering_id)
    wave_id = await desk.wave(gathering_id)
    made = await desk.client.post(f"/gatherings/{gathering_id}/pitches", json=plan_for_work())
    pitch_id = made.json()["id"]
    await desk.client.post(f"/pitches/{pitch_id}/review", json={"decision": "accepted"})
    for attendee in (gone, stays):
        wishes = {"pitch_ids": [pitch_id]}
        await desk.client.put(f"/attendees/{attendee['id']}/wishes", json=wishes)
    ended = (await _seat(desk, session_id, stays["id"])).json()["id"]
    answered = {"answer": "declined", "attendee_id": stays["id"]}
    await desk.client.post(f"/waves/{wave_id}/answers", json=answered)
    await desk.client.delete(f"/attendees/{stays['id']}")
    seat = (await _seat(desk, session_id, gone["id"])).json()["id"]
    assert (await _merge(desk, gone, stays)).status_code == 200
    listed = (await desk.client.get(f"/gatherings/{gathering_id}/attendees")).json()
    assert [(one["id"], one["person_id"]) for one in listed["items"]] == [
        (gone["id"], stays["person_id"])
    ]
    seen = (await desk.client.get(f"/persons/{stays['person_id']}")).json()
    assert [one["id"] for one in seen["gatherings"][0]["sign_ups"]] == [seat]
    assert (seen["gatherings"][0]["answers"], seen["gatherings"][0]["wishes"]) == ([], ["OCTA"])
    for key, topics in (
        (stays["id"], {"attendee-registered", "attendee-updated", "attendee-cancelled"}),
        (stays["id"], {"wishes-stated"}),
        (ended, {"session-joined", "session-left"}),
    ):
        rows = await desk.service.mongo["outbox"].find({"key": key, "payload": None})
        assert topics <= {row["topic"] for row in rows}
        assert len({(row["aggregate"], row["version"]) for row in rows}) == len(rows)


async def test_seats_at_the_same_time_are_settled_first(desk: Desk) -> None:
    gone, stays = await _two(desk)
    seats = []
    for attendee in (gone, stays):
        [kept] = (await desk.client.get(f"/persons/{attendee['person_id']}")).json()["gatherings"]
        session_id = await desk.session(kept["gathering_id"], day=21)
        seats.append((await _seat(desk, session_id, attendee["id"])).json()["id"])
    refused = await _merge(desk, gone, stays)
    assert (refused.status_code, refused.json()["slug"]) == (409, "seats-overlap")
    assert refused.json()["sign_up_id"] == seats[0]
    await desk.client.delete(f"/sign-ups/{seats[0]}")
    assert (await _merge(desk, gone, stays)).status_code == 200


async def test_who_leads_a_session_stays(desk: Desk) -> None:
    gone, stays = await _two(desk)
    gathering_id = await desk.gathering()
    session_id = await desk.session(gathering_id, host=gone["person_id"])
    refused = await _merge(desk, gone, stays)
    assert (refused.status_code, refused.json()["slug"]) == (409, "leads-session")
    assert refused.json()["session_ids"] == [session_id]
    assert (await _merge(desk, stays, gone)).status_code == 200


async def test_support_and_pitches_of_both_are_there_once(desk: Desk) -> None:
    gone, stays = await _two(desk)
    made = await desk.client.post(
        f"/gatherings/{await desk.gathering()}/pitches", json=plan_for_work()
    )
    path = f"/pitches/{made.json()['id']}/endorsements"
    ids = []
    for attendee, stance in ((gone, "joins"), (stays, "believes")):
        body = {"stance": stance, "person_id": attendee["person_id"]}
        ids.append((await desk.client.post(path, json=body)).json()["id"])
    pitchers = {"pitchers": [gone["person_id"], stays["person_id"]]}
    mongo = desk.service.mongo
    await mongo["pitches"].update_one({"_id": made.json()["id"]}, {"$set": pitchers})
    assert (await _merge(desk, gone, stays)).status_code == 200
    [told] = await desk.said("pitch-updated", pitch_id=made.json()["id"])
    assert told["pitchers"] == [stays["person_id"]]
    gone_topics = await mongo["outbox"].find({"key": ids[0], "payload": None})
    assert {row["topic"] for row in gone_topics} == {"pitch-endorsed", "endorsement-withdrawn"}
    seen = (await desk.client.get(f"/persons/{stays['person_id']}")).json()
    said = [one for chapter in seen["gatherings"] for one in chapter["endorsements"]]
    assert [(one["id"], one["stance"]) for one in said] == [(ids[1], "believes")]


async def test_a_contact_who_is_merged_is_replaced(desk: Desk) -> None:
    gone, stays = await _two(desk)
    made = await desk.attendee(await desk.gathering(), organisation=f"OCTA {uuid4().hex}")
    path = f"/organisations/{made['organisation_id']}"
    for given, left in (([gone], [stays]), ([stays, gone], [stays])):
        ids = {"person_ids": [one["person_id"] for one in given]}
        await desk.client.put(f"{path}/contacts", json=ids)
        assert (await _merge(desk, gone, stays)).status_code == 200
        kept = (await desk.client.get(path)).json()["contacts"]
        assert kept == [one["person_id"] for one in left]
        gone = await desk.attendee(await desk.gathering())


async def test_nobody_is_merged_into_nobody_or_themselves(desk: Desk) -> None:
    gone, stays = await _two(desk)
    itself = await _merge(desk, gone, gone)
    assert (itself.status_code, itself.json()["slug"]) == (409, "merge-with-itself")
    key = {"Idempotency-Key": uuid4().hex}
    path, body = f"/persons/{gone['person_id']}/merge", {"into": stays["person_id"]}
    answers = [await desk.client.post(path, json=body, headers=key) for _ in range(2)]
    assert answers[0].json() == answers[1].json()
    assert (await desk.client.post(path, json=body)).status_code == 404
    back = await desk.client.post(f"/persons/{stays['person_id']}/merge", json={"into": "nobody"})
    assert back.status_code == 404


async def test_two_who_share_an_address_stay_two_when_one_is_merged(desk: Desk) -> None:
    email, gathering_id = f"{uuid4().hex}@balie.example", await desk.gathering()
    gone, neighbour = [
        await desk.attendee(gathering_id, name=name, email=email)
        for name in ("Kwame Kastanje", "Imane Lindebloesem")
    ]
    stays = await desk.attendee(await desk.gathering(), name="Kwame Kastanje")
    assert (await _merge(desk, gone, stays)).status_code == 200
    later = await desk.gathering()
    for name, person in (("Kwame Kastanje", stays), ("Imane Lindebloesem", neighbour)):
        made = await desk.attendee(later, name=name, email=email)
        assert made["person_id"] == person["person_id"]


async def test_a_seat_taken_while_its_owner_is_merged_is_whole(desk: Desk) -> None:
    for _ in range(8):
        gathering_id = await desk.gathering()
        session_id = await desk.session(gathering_id)
        gone = await desk.attendee(gathering_id)
        stays = await desk.attendee(await desk.gathering())
        seated, merged = await asyncio.gather(
            _seat(desk, session_id, gone["id"]), _merge(desk, gone, stays)
        )
        assert (seated.status_code, merged.status_code) == (201, 200)
        mongo = desk.service.mongo
        sign_up = await mongo["sign_ups"].find_one({"_id": seated.json()["id"]})
        assert sign_up is not None
        assert sign_up["person_id"] == stays["person_id"]
        calendar = await mongo["calendars"].find_one({"_id": stays["person_id"]})
        assert calendar is not None
        assert [one["sign_up_id"] for one in calendar["entries"]] == [sign_up["_id"]]
        assert await mongo["calendars"].find_one({"_id": gone["person_id"]}) is None


async def test_a_sign_up_while_its_person_is_merged_is_the_others(desk: Desk) -> None:
    for _ in range(8):
        who, first = somebody(), await desk.gathering()
        gone = (await desk.client.post(f"/gatherings/{first}/attendees", json=who)).json()
        stays = await desk.attendee(await desk.gathering())
        path = f"/gatherings/{await desk.gathering()}"
        came, merged = await asyncio.gather(
            desk.client.post(f"{path}/attendees", json=who), _merge(desk, gone, stays)
        )
        assert (came.status_code, merged.status_code) == (201, 200)
        listed = (await desk.client.get(f"{path}/attendees")).json()
        assert [one["person_id"] for one in listed["items"]] == [stays["person_id"]]

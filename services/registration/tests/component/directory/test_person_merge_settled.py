"""What is settled before two people become one, and what happens to them at that very moment."""

import asyncio
from uuid import uuid4

from services.registration.tests.component.desk import Desk, plan_for_work, somebody
from services.registration.tests.component.merging import merge, seat, two


async def test_of_two_at_one_gathering_one_has_to_cancel_first(desk: Desk) -> None:
    gathering_id = await desk.gathering()
    gone, stays = await desk.attendee(gathering_id), await desk.attendee(gathering_id)
    refused = await merge(desk, gone, stays)
    assert (refused.status_code, refused.json()["slug"]) == (409, "both-at-gathering")
    assert refused.json()["gathering_ids"] == [gathering_id]
    assert (await desk.client.get(f"/persons/{gone['person_id']}")).status_code == 200
    assert await desk.said("attendee-updated", attendee_id=gone["id"]) == []
    await desk.client.delete(f"/attendees/{gone['id']}")
    assert (await merge(desk, gone, stays)).status_code == 200
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
    ended = (await seat(desk, session_id, stays["id"])).json()["id"]
    answered = {"answer": "declined", "attendee_id": stays["id"]}
    await desk.client.post(f"/waves/{wave_id}/answers", json=answered)
    await desk.client.delete(f"/attendees/{stays['id']}")
    taken = (await seat(desk, session_id, gone["id"])).json()["id"]
    assert (await merge(desk, gone, stays)).status_code == 200
    listed = (await desk.client.get(f"/gatherings/{gathering_id}/attendees")).json()
    assert [(one["id"], one["person_id"]) for one in listed["items"]] == [
        (gone["id"], stays["person_id"])
    ]
    seen = (await desk.client.get(f"/persons/{stays['person_id']}")).json()
    assert [one["id"] for one in seen["gatherings"][0]["sign_ups"]] == [taken]
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
    gone, stays = await two(desk)
    seats = []
    for attendee in (gone, stays):
        [kept] = (await desk.client.get(f"/persons/{attendee['person_id']}")).json()["gatherings"]
        session_id = await desk.session(kept["gathering_id"], day=21)
        seats.append((await seat(desk, session_id, attendee["id"])).json()["id"])
    refused = await merge(desk, gone, stays)
    assert (refused.status_code, refused.json()["slug"]) == (409, "seats-overlap")
    assert refused.json()["sign_up_id"] == seats[0]
    await desk.client.delete(f"/sign-ups/{seats[0]}")
    assert (await merge(desk, gone, stays)).status_code == 200


async def test_who_leads_a_session_stays(desk: Desk) -> None:
    gone, stays = await two(desk)
    gathering_id = await desk.gathering()
    session_id = await desk.session(gathering_id, host=gone["person_id"])
    refused = await merge(desk, gone, stays)
    assert (refused.status_code, refused.json()["slug"]) == (409, "person-leads-session")
    assert refused.json()["session_ids"] == [session_id]
    assert (await merge(desk, stays, gone)).status_code == 200


async def test_nobody_is_merged_into_nobody_or_themselves(desk: Desk) -> None:
    gone, stays = await two(desk)
    itself = await merge(desk, gone, gone)
    assert (itself.status_code, itself.json()["slug"]) == (409, "merge-with-itself")
    key = {"Idempotency-Key": uuid4().hex}
    path, body = f"/persons/{gone['person_id']}/merge", {"into": stays["person_id"]}
    answers = [await desk.client.post(path, json=body, headers=key) for _ in range(2)]
    assert answers[0].json() == answers[1].json()
    assert (await desk.client.post(path, json=body)).status_code == 404
    back = await desk.client.post(f"/persons/{stays['person_id']}/merge", json={"into": "nobody"})
    assert back.status_code == 404


async def test_a_seat_taken_while_its_owner_is_merged_is_whole(desk: Desk) -> None:
    for _ in range(8):
        gathering_id = await desk.gathering()
        session_id = await desk.session(gathering_id)
        gone = await desk.attendee(gathering_id)
        stays = await desk.attendee(await desk.gathering())
        seated, merged = await asyncio.gather(
            seat(desk, session_id, gone["id"]), merge(desk, gone, stays)
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
            desk.client.post(f"{path}/attendees", json=who), merge(desk, gone, stays)
        )
        assert (came.status_code, merged.status_code) == (201, 200)
        listed = (await desk.client.get(f"{path}/attendees")).json()
        assert [one["person_id"] for one in listed["items"]] == [stays["person_id"]]

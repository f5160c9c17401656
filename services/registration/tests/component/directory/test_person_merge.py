"""Two people who turn out to be one: nothing of the first is lost, and the first is gone."""

import httpx
from doorpakken_registration.people.model.person import Introduction
from doorpakken_registration.seats import handovers, sign_ups

from services.registration.tests.component.desk import Desk, Json, plan_for_work, somebody
from services.registration.tests.component.merging import merge, seat, two
from services.registration.tests.component.privacy.test_erasure import collection_names
from tests.names import new_email, new_mobile, new_word

HELP = {"category": "space", "amount": 3, "unit": "day_part"}


async def _hand_over(desk: Desk, sign_up_id: str, taker: Json) -> str:
    """The id of a handover that waits for an answer."""
    sign_up = await sign_ups.get(desk.service.mongo, sign_up_id)
    who = Introduction(taker["name"], taker["email"], None, "nl")
    made = await desk.service.transact(lambda tx: handovers.ask(tx, sign_up, who))
    return made.id


async def test_merging_gives_everything_to_the_other(desk: Desk) -> None:
    gathering_id = await desk.gathering()
    gone = await desk.attendee(gathering_id)
    into = (stays := await desk.attendee(await desk.gathering()))["person_id"]
    taken = (await seat(desk, await desk.session(gathering_id), gone["id"])).json()
    plan = plan_for_work(person_id=gone["person_id"], name=None, email=None)
    pitch = (await desk.client.post(f"/gatherings/{gathering_id}/pitches", json=plan)).json()
    support = {"stance": "joins", "person_id": gone["person_id"]}
    path = f"/pitches/{pitch['id']}/endorsements"
    endorsement_id = (await desk.client.post(path, json=support)).json()["id"]
    given_help = HELP | {"person_id": gone["person_id"]}
    offer = (await desk.client.post(f"/gatherings/{gathering_id}/offers", json=given_help)).json()
    counts = {"attendees": 1, "pitches": 1, "endorsements": 1, "offers": 1}
    merged = await merge(desk, gone, stays)
    assert merged.json() == {"id": gone["person_id"], "into": into, **counts}
    [moved] = await desk.said("attendee-updated", attendee_id=gone["id"])
    assert (moved["person_id"], moved["version"]) == (into, 2)
    [told] = await desk.said("pitch-updated", pitch_id=pitch["id"])
    assert (told["pitchers"], told["version"]) == ([into], 2)
    [given] = await desk.said("pitch-endorsed", endorsement_id=endorsement_id)
    assert (given["person_id"], given["version"]) == (into, 2)
    [helps] = await desk.said("need-offered", offer_id=offer["id"])
    assert (helps["person_id"], helps["version"]) == (into, 2)
    seen = (await desk.client.get(f"/persons/{into}")).json()
    here = next(one for one in seen["gatherings"] if one["gathering_id"] == gathering_id)
    assert [one["id"] for one in here["sign_ups"]] == [taken["id"]]
    assert [one["id"] for one in here["pitches"]] == [pitch["id"]]
    assert [one["id"] for one in here["offers"]] == [offer["id"]]


async def test_the_addresses_of_who_is_gone_find_the_other(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    who = somebody("Gladys W.", email=None, phone=f"+316{new_mobile()}")
    path = f"/gatherings/{await desk.gathering()}/attendees"
    gone = (await desk.client.post(path, json=who)).json()
    stays = await desk.attendee(await desk.gathering())
    link = await desk.link(gone["person_id"])
    assert (await merge(desk, gone, stays)).status_code == 200
    assert (await desk.client.get(f"/persons/{gone['person_id']}")).status_code == 404
    assert (await public.get(link)).status_code == 404
    seen = (await desk.client.get(f"/persons/{stays['person_id']}")).json()
    assert (seen["name"], seen["phone"], seen["version"]) == ("Gladys Waterlelie", who["phone"], 2)
    again = await desk.client.post(f"/gatherings/{await desk.gathering()}/attendees", json=who)
    assert again.json()["person_id"] == stays["person_id"]


async def test_the_contact_of_who_is_gone_is_a_tombstone(desk: Desk) -> None:
    gone, stays = await two(desk)
    await merge(desk, gone, stays)
    rows = await desk.service.mongo["outbox"].find(
        {"topic": "person-contact", "key": gone["person_id"]}, sort=[("version", 1)]
    )
    assert [(row["version"], row["payload"]) for row in rows] == [(2, None)]
    marked = await desk.service.mongo["erased"].count({"_id": gone["person_id"]})
    assert marked == 1


async def test_nothing_is_left_under_the_id_that_is_gone(desk: Desk) -> None:
    gathering_id = await desk.gathering()
    gone = await desk.attendee(gathering_id, organisation=f"OCTA {new_word()}")
    stays = await desk.attendee(await desk.gathering())
    taken = (await seat(desk, await desk.session(gathering_id), gone["id"])).json()
    await _hand_over(desk, taken["id"], somebody("Buur"))
    contacts = {"person_ids": [gone["person_id"]]}
    await desk.client.put(f"/organisations/{gone['organisation_id']}/contacts", json=contacts)
    assert (await merge(desk, gone, stays)).status_code == 200
    found = {}
    for name in await collection_names(desk.settings):
        if name not in {"erased", "outbox", "idempotency"}:
            documents = await desk.service.mongo[name].find({})
            found[name] = sum(gone["person_id"] in str(document) for document in documents)
    assert {name: count for name, count in found.items() if count} == {}
    said = {"key": gone["person_id"], "payload": {"$ne": None}}
    assert await desk.service.mongo["outbox"].count(said) == 0


async def test_a_seat_offered_to_oneself_is_offered_no_more(desk: Desk) -> None:
    gathering_id, neighbour = await desk.gathering(), somebody("Gladys W.")
    stays = await desk.attendee(gathering_id)
    taken = (await seat(desk, await desk.session(gathering_id), stays["id"])).json()
    handover_id = await _hand_over(desk, taken["id"], neighbour)
    gone = (
        await desk.client.post(f"/gatherings/{await desk.gathering()}/attendees", json=neighbour)
    ).json()
    assert (await merge(desk, gone, stays)).status_code == 200
    kept = await desk.service.mongo["handovers"].find_one({"_id": handover_id})
    assert kept is not None
    assert (kept["person_id"], kept["state"]) == (stays["person_id"], "withdrawn")


async def test_the_one_who_stays_leaves_the_session_by_their_own_link(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    gathering_id = await desk.gathering()
    gone, stays = await desk.attendee(gathering_id), await desk.attendee(await desk.gathering())
    taken = (await seat(desk, await desk.session(gathering_id), gone["id"])).json()
    await merge(desk, gone, stays)
    await public.get(await desk.link(stays["person_id"]))
    leave = f"/me/sign-ups/{taken['id']}/leave"
    assert leave in (await public.get("/me")).text
    assert (await public.post(leave)).status_code == 303
    assert leave not in (await public.get("/me")).text


async def test_support_and_pitches_of_both_are_there_once(desk: Desk) -> None:
    gone, stays = await two(desk)
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
    assert (await merge(desk, gone, stays)).status_code == 200
    [told] = await desk.said("pitch-updated", pitch_id=made.json()["id"])
    assert told["pitchers"] == [stays["person_id"]]
    gone_topics = await mongo["outbox"].find({"key": ids[0], "payload": None})
    assert {row["topic"] for row in gone_topics} == {"pitch-endorsed", "endorsement-withdrawn"}
    seen = (await desk.client.get(f"/persons/{stays['person_id']}")).json()
    said = [one for chapter in seen["gatherings"] for one in chapter["endorsements"]]
    assert [(one["id"], one["stance"]) for one in said] == [(ids[1], "believes")]


async def test_a_contact_who_is_merged_is_replaced(desk: Desk) -> None:
    gone, stays = await two(desk)
    made = await desk.attendee(await desk.gathering(), organisation=f"OCTA {new_word()}")
    path = f"/organisations/{made['organisation_id']}"
    for given, left in (([gone], [stays]), ([stays, gone], [stays])):
        ids = {"person_ids": [one["person_id"] for one in given]}
        await desk.client.put(f"{path}/contacts", json=ids)
        assert (await merge(desk, gone, stays)).status_code == 200
        kept = (await desk.client.get(path)).json()["contacts"]
        assert kept == [one["person_id"] for one in left]
        gone = await desk.attendee(await desk.gathering())


async def test_two_who_share_an_address_stay_two_when_one_is_merged(desk: Desk) -> None:
    email, gathering_id = new_email("balie.example"), await desk.gathering()
    gone, neighbour = [
        await desk.attendee(gathering_id, name=name, email=email)
        for name in ("Kwame Kastanje", "Imane Lindebloesem")
    ]
    stays = await desk.attendee(await desk.gathering(), name="Kwame Kastanje")
    assert (await merge(desk, gone, stays)).status_code == 200
    later = await desk.gathering()
    for name, person in (("Kwame Kastanje", stays), ("Imane Lindebloesem", neighbour)):
        made = await desk.attendee(later, name=name, email=email)
        assert made["person_id"] == person["person_id"]

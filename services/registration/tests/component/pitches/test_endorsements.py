"""Support: a person's counts at once, an organisation's when its contact person confirms it."""

import asyncio

import httpx
import pytest
from doorpakken_registration.people import mail_requests
from doorpakken_registration.pitches import endorsements

from services.registration.tests.component.accepted import accepted_pitch, answers_for
from services.registration.tests.component.desk import Desk, Json, plan_for_work


async def test_support_is_one_per_supporter_and_may_change(desk: Desk) -> None:
    pitch, member = await _pitch_and_member(desk)
    said = {"stance": "believes", "person_id": member["person_id"]}
    first = await _endorse(desk, pitch, said)
    assert (first["state"], first["version"]) == ("confirmed", 1)
    path = f"/pitches/{pitch['id']}/endorsements"
    assert (await desk.client.post(path, json=said)).json()["version"] == 1
    joins = await desk.client.post(path, json=said | {"stance": "joins"})
    assert (joins.status_code, joins.json()["id"]) == (200, first["id"])
    events = await desk.said("pitch-endorsed", endorsement_id=first["id"])
    assert [(one["version"], one["stance"]) for one in events] == [(1, "believes"), (2, "joins")]


async def test_visitors_support_for_themselves_and_theirs(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    pitch, member = await _pitch_and_member(desk)
    other = await desk.attendee(pitch["gathering_id"], organisation="Gaaspziekenhuis")
    path = f"/api/v1/pitches/{pitch['id']}/endorsements"
    assert (await public.post(path, json={"stance": "joins"})).status_code == 401
    await public.get(await desk.link(member["person_id"]))
    own = await public.post(path, json={"stance": "joins"})
    assert (own.status_code, own.json()["state"]) == (201, "confirmed")
    assert own.json()["person_id"] == member["person_id"]
    ours = {"stance": "joins", "organisation_id": member["organisation_id"]}
    pending = (await public.post(path, json=ours)).json()
    assert (pending["state"], pending["person_id"]) == ("pending", None)
    for wrong in ("organisation_id", "person_id"):
        refused = await public.post(path, json={"stance": "joins", wrong: other[wrong]})
        assert refused.status_code == 403, wrong


async def test_an_organisations_contacts_are_asked_once(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    pitch, member = await _pitch_and_member(desk)
    first, second = await _contacts(desk, member, {}, {})
    by_phone = await desk.attendee(pitch["gathering_id"], email=None, phone="0612345678")
    ids = [first["person_id"], second["person_id"], by_phone["person_id"]]
    await answers_for(desk, member["organisation_id"], *ids)
    await public.get(await desk.link(member["person_id"]))
    path = f"/api/v1/pitches/{pitch['id']}/endorsements"
    said = {"stance": "believes", "organisation_id": member["organisation_id"]}
    pending = (await public.post(path, json=said)).json()
    assert (await public.post(path, json=said)).json() == pending
    asked = await desk.said("mail-requested", object_id=pending["id"])
    # Who has no e-mail address is told by telephone: notification has a call for it.
    assert sorted(one["person_id"] for one in asked) == sorted(ids)
    one = asked[0]
    assert (one["kind"], one["pitch_id"]) == ("endorsement_request", pitch["id"])
    assert one["organisation_id"] == member["organisation_id"]
    assert one["from_person_id"] == member["person_id"]
    await public.post(path, json=said | {"stance": "joins"})
    assert len(await desk.said("mail-requested", object_id=pending["id"])) == 6


async def test_what_a_contact_says_is_the_organisations_word(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    pitch, member = await _pitch_and_member(desk)
    await answers_for(desk, member["organisation_id"], member["person_id"])
    await public.get(await desk.link(member["person_id"]))
    path = f"/api/v1/pitches/{pitch['id']}/endorsements"
    said = {"stance": "joins", "organisation_id": member["organisation_id"]}
    made = (await public.post(path, json=said)).json()
    assert made["state"] == "confirmed"
    assert await desk.said("mail-requested", object_id=made["id"]) == []
    entered = await desk.client.post(f"/pitches/{pitch['id']}/endorsements", json=said)
    assert (entered.json()["state"], entered.json()["version"]) == ("confirmed", 1)


async def test_a_member_does_not_change_what_a_contact_confirmed(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    pitch, member = await _pitch_and_member(desk)
    pending = await _endorse(desk, pitch, _ours(member))
    confirmed = (await desk.client.post(f"/endorsements/{pending['id']}/confirm")).json()
    await public.get(await desk.link(member["person_id"]))
    path = f"/api/v1/pitches/{pitch['id']}/endorsements"
    other = {"joins": "believes", "believes": "joins"}[confirmed["stance"]]
    for changed in ({"stance": other}, {"reason": "Niet meer."}):
        refused = await public.post(path, json=_ours(member) | changed)
        assert (refused.status_code, refused.json()["slug"]) == (409, "support-confirmed")
    assert (await public.post(path, json=_ours(member))).json() == confirmed


async def test_confirmed_support_stays_confirmed_when_staff_or_a_contact_change_it(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    pitch, member = await _pitch_and_member(desk)
    [contact] = await _contacts(desk, member, {})
    pending = await _endorse(desk, pitch, _ours(member))
    await desk.client.post(f"/endorsements/{pending['id']}/confirm")
    asked = len(await desk.said("mail-requested", object_id=pending["id"]))
    path = f"/pitches/{pitch['id']}/endorsements"
    typed = await desk.client.post(path, json=_ours(member) | {"reason": "Wij zoeken talent."})
    assert (typed.json()["state"], typed.json()["reason"]) == ("confirmed", "Wij zoeken talent.")
    await public.get(await desk.link(contact["person_id"]))
    said = _ours(member) | {"reason": "Wij hebben plaats."}
    own = await public.post(f"/api/v1{path}", json=said)
    assert (own.json()["state"], own.json()["reason"]) == ("confirmed", "Wij hebben plaats.")
    assert len(await desk.said("mail-requested", object_id=pending["id"])) == asked


async def test_only_a_contact_or_staff_confirms(desk: Desk, public: httpx.AsyncClient) -> None:
    pitch, member = await _pitch_and_member(desk)
    [contact] = await _contacts(desk, member, {})
    pending = await _endorse(desk, pitch, _ours(member))
    confirm = f"/api/v1/endorsements/{pending['id']}/confirm"
    assert (await public.post(confirm)).status_code == 401
    await public.get(await desk.link(member["person_id"]))
    refused = await public.post(confirm)
    assert (refused.status_code, refused.json()["slug"]) == (403, "not-your-support")
    await public.get(await desk.link(contact["person_id"]))
    for _ in range(2):
        confirmed = (await public.post(confirm)).json()
        assert (confirmed["state"], confirmed["version"]) == ("confirmed", 2)
    other = await _endorse(desk, await accepted_pitch(desk, pitch["gathering_id"]), _ours(member))
    on_behalf = await desk.client.post(f"/endorsements/{other['id']}/confirm")
    assert on_behalf.json()["state"] == "confirmed"


async def test_support_is_taken_back_and_said_again(desk: Desk, public: httpx.AsyncClient) -> None:
    pitch, member = await _pitch_and_member(desk)
    stranger = await desk.attendee(pitch["gathering_id"])
    said = {"stance": "joins", "person_id": member["person_id"], "reason": "Talent is er."}
    made = await _endorse(desk, pitch, said)
    path = f"/api/v1/endorsements/{made['id']}"
    await public.get(await desk.link(stranger["person_id"]))
    assert (await public.delete(path)).json()["slug"] == "not-your-support"
    await public.get(await desk.link(member["person_id"]))
    for _ in range(2):
        assert (await public.delete(path)).json()["version"] == 2
    refused = await desk.client.post(f"/endorsements/{made['id']}/confirm")
    assert (refused.status_code, refused.json()["slug"]) == (409, "support-withdrawn")
    again = await desk.client.post(f"/pitches/{pitch['id']}/endorsements", json=said)
    assert (again.status_code, again.json()["id"], again.json()["version"]) == (200, made["id"], 3)
    [withdrawn] = await desk.said("endorsement-withdrawn", endorsement_id=made["id"])
    assert (withdrawn["version"], withdrawn["reason"]) == (2, "Talent is er.")
    kept = await desk.service.mongo["endorsements"].find_one({"_id": made["id"]})
    assert kept is not None
    states = [step["state"] for step in kept["history"]]
    assert states == ["confirmed", "withdrawn", "confirmed"]


async def test_who_said_it_takes_it_back_only_until_it_is_confirmed(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    pitch, member = await _pitch_and_member(desk)
    await public.get(await desk.link(member["person_id"]))
    path = f"/api/v1/pitches/{pitch['id']}/endorsements"
    made = (await public.post(path, json=_ours(member))).json()
    one = f"/endorsements/{made['id']}"
    assert (await public.delete(f"/api/v1{one}")).json()["reason"] == "not_confirmed"
    assert (await public.post(path, json=_ours(member))).json()["state"] == "pending"
    await desk.client.post(f"{one}/confirm")
    assert (await public.delete(f"/api/v1{one}")).status_code == 403


async def test_everybody_sees_what_counts_and_no_person(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    pitch, member = await _pitch_and_member(desk)
    await _endorse(desk, pitch, {"stance": "joins", "person_id": member["person_id"]})
    pending = await _endorse(desk, pitch, _ours(member))
    path = f"/pitches/{pitch['id']}/endorsements"
    [seen] = (await public.get(f"/api/v1{path}")).json()["items"]
    assert (seen["person_id"], seen["organisation"], seen["stance"]) == (None, None, "joins")
    by_staff = (await desk.client.get(path)).json()["items"]
    assert [one["state"] for one in by_staff] == ["confirmed", "pending"]
    assert by_staff[0]["person_id"] == member["person_id"]
    await desk.client.post(f"/endorsements/{pending['id']}/confirm")
    [_, ours] = (await public.get(f"/api/v1{path}")).json()["items"]
    assert ours["organisation"] == "Reigerbank"


async def test_support_for_a_pitch_that_is_not_public_is_not_shown(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    gathering_id = await desk.gathering()
    made = await desk.client.post(f"/gatherings/{gathering_id}/pitches", json=plan_for_work())
    path = f"/api/v1/pitches/{made.json()['id']}/endorsements"
    assert (await public.get(path)).status_code == 404


@pytest.mark.parametrize("act", ["endorse", "confirm"])
async def test_a_declined_pitch_gets_no_support(desk: Desk, act: str) -> None:
    gathering_id = await desk.gathering()
    member = await desk.attendee(gathering_id, organisation="Reigerbank")
    pitch = await desk.client.post(f"/gatherings/{gathering_id}/pitches", json=plan_for_work())
    pending = await _endorse(desk, pitch.json(), _ours(member))
    path = f"/pitches/{pitch.json()['id']}"
    await desk.client.post(f"{path}/review", json={"decision": "declined"})
    wanted = {
        "endorse": (f"{path}/endorsements", _ours(member) | {"stance": "joins"}),
        "confirm": (f"/endorsements/{pending['id']}/confirm", {}),
    }
    address, body = wanted[act]
    refused = await desk.client.post(address, json=body)
    assert (refused.status_code, refused.json()["slug"]) == (409, "pitch-not-open")


async def test_words_for_everybody_tell_no_address(desk: Desk) -> None:
    pitch, member = await _pitch_and_member(desk)
    body = {"stance": "joins", "person_id": member["person_id"], "reason": "bel 06 12345678"}
    answer = await desk.client.post(f"/pitches/{pitch['id']}/endorsements", json=body)
    assert answer.json()["slug"] == "contact-details-in-public-text"


async def test_supporting_twice_at_once_is_one_support(desk: Desk) -> None:
    pitch, member = await _pitch_and_member(desk)
    path = f"/pitches/{pitch['id']}/endorsements"
    [contact] = await _contacts(desk, member, {})
    answers = await asyncio.gather(*(desk.client.post(path, json=_ours(member)) for _ in range(10)))
    assert sorted(answer.status_code for answer in answers) == [*([200] * 9), 201]
    [one] = (await desk.client.get(path)).json()["items"]
    assert one["version"] == 1
    asked = await desk.said("mail-requested", object_id=one["id"])
    assert [mail["person_id"] for mail in asked] == [contact["person_id"]]


async def test_what_an_erased_person_supported_is_gone_but_not_their_organisations(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    pitch, member = await _pitch_and_member(desk)
    own = await _endorse(desk, pitch, {"stance": "joins", "person_id": member["person_id"]})
    await _contacts(desk, member, {})
    await public.get(await desk.link(member["person_id"]))
    path = f"/pitches/{pitch['id']}/endorsements"
    ours = (await public.post(f"/api/v1{path}", json=_ours(member))).json()
    gone = (member["person_id"], [member["id"]])
    assert await desk.service.transact(lambda tx: endorsements.forget(tx, *gone)) == 2
    assert await desk.service.transact(lambda tx: mail_requests.forget(tx, *gone)) == 1
    [left] = (await desk.client.get(path)).json()["items"]
    assert left["id"] == ours["id"]
    rows = await desk.service.mongo["outbox"].find({"key": own["id"], "payload": None})
    assert {row["topic"] for row in rows} == {"pitch-endorsed", "endorsement-withdrawn"}
    [_, again] = await desk.said("mail-requested", object_id=ours["id"])
    assert (again["version"], again["from_person_id"]) == (2, None)
    for name in ("endorsements", "mail_requests"):
        kept = await desk.service.mongo[name].find({})
        assert [one for one in kept if member["person_id"] in one.values()] == []


async def test_a_mail_to_an_erased_contact_is_gone(desk: Desk) -> None:
    pitch, member = await _pitch_and_member(desk)
    [contact] = await _contacts(desk, member, {})
    pending = await _endorse(desk, pitch, _ours(member))
    [asked] = await desk.said("mail-requested", object_id=pending["id"])
    count = await desk.service.transact(
        lambda tx: mail_requests.forget(tx, contact["person_id"], [])
    )
    assert count == 1
    rows = await desk.service.mongo["outbox"].find({"key": asked["mail_request_id"]})
    assert {row["version"]: row["payload"] is None for row in rows} == {1: False, 2: True}


def _ours(member: Json) -> Json:
    return {"stance": "believes", "organisation_id": member["organisation_id"]}


async def _pitch_and_member(desk: Desk) -> tuple[Json, Json]:
    """An accepted pitch, and somebody of Reigerbank."""
    gathering_id = await desk.gathering()
    member = await desk.attendee(gathering_id, organisation="Reigerbank")
    await answers_for(desk, member["organisation_id"])
    return await accepted_pitch(desk, gathering_id), member


async def _contacts(desk: Desk, member: Json, *people: Json) -> list[Json]:
    """New contact persons of the member's organisation."""
    gathering_id = await desk.gathering()
    made = [await desk.attendee(gathering_id, **one) for one in people]
    ids = [one["person_id"] for one in made]
    await answers_for(desk, member["organisation_id"], *ids)
    return made


async def _endorse(desk: Desk, pitch: Json, body: Json) -> Json:
    answer = await desk.client.post(f"/pitches/{pitch['id']}/endorsements", json=body)
    assert answer.status_code == 201, answer.text
    made: Json = answer.json()
    return made

"""Organisations: found, changed, with contacts, and two that turn out to be one."""

import asyncio

import pytest
from doorpakken_registration.directory import merge_plan

from services.registration.tests.component.desk import Desk, Json, plan_for_work
from tests.names import new_word


def _name(word: str) -> str:
    return f"{word} {new_word()}"


async def _organisation(desk: Desk, name: str, **more: object) -> str:
    """The id of an organisation that somebody came for."""
    made = await desk.attendee(await desk.gathering(), organisation=name, **more)
    found: str = made["organisation_id"]
    return found


async def _pitch(desk: Desk, **more: object) -> Json:
    path = f"/gatherings/{await desk.gathering()}/pitches"
    made: Json = (await desk.client.post(path, json=plan_for_work(**more))).json()
    return made


async def _support(desk: Desk, pitch_id: str, organisation_id: str, stance: str) -> str:
    body = {"stance": stance, "organisation_id": organisation_id}
    made = await desk.client.post(f"/pitches/{pitch_id}/endorsements", json=body)
    assert made.status_code == 201, made.text
    found: str = made.json()["id"]
    return found


async def test_an_organisation_shows_its_people_over_gatherings(desk: Desk) -> None:
    name = _name("Gaaspziekenhuis")
    for _ in range(2):
        await _organisation(desk, name, phone="06 12345678", email=None)
    organisation_id = await _organisation(desk, name)
    found = await desk.client.get("/organisations", params={"search": name[:30].upper()})
    assert [one["id"] for one in found.json()["items"]] == [organisation_id]
    seen = (await desk.client.get(f"/organisations/{organisation_id}")).json()
    assert sorted(len(one["gatherings"]) for one in seen["people"]) == [1, 2]
    assert {one["name"] for one in seen["people"]} == {"Gladys Waterlelie"}


async def test_a_changed_name_is_said_and_found(desk: Desk) -> None:
    old, new = _name("Reigerbank"), _name("De Reigerbank")
    organisation_id = await _organisation(desk, old)
    path = f"/organisations/{organisation_id}"
    body = {"name": new, "kind": "covenant_partner"}
    for _ in range(2):
        changed = await desk.client.put(path, json=body)
        assert (changed.status_code, changed.json()["version"]) == (200, 2)
    said = await desk.said("organisation-described", organisation_id=organisation_id)
    assert [(one["name"], one["kind"]) for one in said] == [
        (old, "community_member"),
        (new, "covenant_partner"),
    ]
    assert await _organisation(desk, new.upper()) == organisation_id
    other = await _organisation(desk, _name("Anders"))
    taken = await desk.client.put(f"/organisations/{other}", json=body)
    assert (taken.status_code, taken.json()["slug"]) == (409, "organisation-name-taken")
    assert taken.json()["id"] == organisation_id
    telling = await desk.client.put(path, json=body | {"name": "Bel 06 12345678"})
    assert telling.json()["slug"] == "contact-details-in-public-text"


async def test_contacts_are_set_and_told_to_nobody(desk: Desk) -> None:
    gathering_id = await desk.gathering()
    first = await desk.attendee(gathering_id, organisation=_name("OCTA"))
    second = await desk.attendee(gathering_id)
    path = f"/organisations/{first['organisation_id']}"
    ids = [second["person_id"], first["person_id"]]
    for given in (ids, [*ids, ids[0]]):
        answer = await desk.client.put(f"{path}/contacts", json={"person_ids": given})
        assert (answer.status_code, answer.json()["contacts"]) == (200, ids)
    seen = (await desk.client.get(path)).json()
    assert [one["person_id"] for one in seen["contact_persons"]] == ids
    said = await desk.said("organisation-described", organisation_id=first["organisation_id"])
    assert [one["version"] for one in said] == [1]
    person = (await desk.client.get(f"/persons/{ids[0]}")).json()
    assert person["contact_of"] == [first["organisation_id"]]
    unknown = await desk.client.put(f"{path}/contacts", json={"person_ids": ["nobody"]})
    assert unknown.status_code == 404
    none = await desk.client.put(f"{path}/contacts", json={"person_ids": []})
    assert none.json()["contacts"] == []


async def test_merging_gives_everything_to_the_other(desk: Desk) -> None:
    gone_name, stays_name = _name("Gaasp"), _name("Gaaspziekenhuis")
    gone, stays = await _organisation(desk, gone_name), await _organisation(desk, stays_name)
    pitch = await _pitch(desk, organisation=gone_name)
    support = await _support(desk, pitch["id"], gone, "joins")
    given_help = {"category": "space", "amount": 3, "unit": "day_part", "organisation_id": gone}
    path = f"/gatherings/{pitch['gathering_id']}/offers"
    offer = (await desk.client.post(path, json=given_help)).json()
    [came] = (await desk.client.get(f"/organisations/{gone}")).json()["people"]
    contacts = {"person_ids": [came["person_id"]]}
    await desk.client.put(f"/organisations/{gone}/contacts", json=contacts)
    merged = await desk.client.post(f"/organisations/{gone}/merge", json={"into": stays})
    assert merged.json() == {
        "id": gone,
        "into": stays,
        "attendees": 1,
        "pitches": 1,
        "endorsements": 1,
        "offers": 1,
    }
    [_, said] = await desk.said("organisation-described", organisation_id=gone)
    assert (said["merged_into"], said["version"]) == (stays, 2)
    attendee_id = came["gatherings"][0]["attendee_id"]
    [moved] = await desk.said("attendee-updated", attendee_id=attendee_id)
    assert (moved["organisation_id"], moved["version"]) == (stays, 2)
    [told] = await desk.said("pitch-updated", pitch_id=pitch["id"])
    assert (told["organisation_id"], told["version"]) == (stays, 2)
    given = await desk.said("pitch-endorsed", endorsement_id=support)
    assert [(one["organisation_id"], one["version"]) for one in given] == [(gone, 1), (stays, 2)]
    [_, helps] = await desk.said("need-offered", offer_id=offer["id"])
    assert (helps["organisation_id"], helps["version"]) == (stays, 2)
    seen = (await desk.client.get(f"/organisations/{stays}")).json()
    assert [one["id"] for one in seen["offers"]] == [offer["id"]]
    assert seen["contacts"] == [came["person_id"]]
    assert (len(seen["people"]), len(seen["pitches"]), len(seen["endorsements"])) == (2, 1, 1)
    assert await _organisation(desk, gone_name) == stays
    assert (await desk.client.get(f"/organisations/{gone}")).json()["merged_into"] == stays


async def test_support_of_both_stays_once_and_the_firmest_counts(desk: Desk) -> None:
    gone, stays = [await _organisation(desk, _name("Bank")) for _ in range(2)]
    both, withdrawn = await _pitch(desk), await _pitch(desk)
    first = await _support(desk, both["id"], gone, "joins")
    kept = await _support(desk, both["id"], stays, "believes")
    firm = await _support(desk, withdrawn["id"], gone, "joins")
    weak = await _support(desk, withdrawn["id"], stays, "believes")
    await desk.client.post(f"/endorsements/{firm}/confirm")
    await desk.client.post(f"/organisations/{gone}/merge", json={"into": stays})
    for endorsement_id in (first, firm):
        [said] = await desk.said("endorsement-withdrawn", endorsement_id=endorsement_id)
        assert said["organisation_id"] == gone
    assert len(await desk.said("pitch-endorsed", endorsement_id=kept)) == 1
    [_, again] = await desk.said("pitch-endorsed", endorsement_id=weak)
    assert (again["stance"], again["state"], again["version"]) == ("joins", "confirmed", 2)


async def test_a_merged_one_is_refused_and_its_name_may_come_back(desk: Desk) -> None:
    names = [_name(word) for word in ("Een", "Twee", "Drie")]
    one, two, three = [await _organisation(desk, name) for name in names]
    itself = await desk.client.post(f"/organisations/{one}/merge", json={"into": one})
    assert (itself.status_code, itself.json()["slug"]) == (409, "merge-with-itself")
    await desk.client.post(f"/organisations/{one}/merge", json={"into": two})
    for path, body in (
        (f"/organisations/{one}/merge", {"into": three}),
        (f"/organisations/{three}/merge", {"into": one}),
    ):
        refused = await desk.client.post(path, json=body)
        assert (refused.status_code, refused.json()["slug"]) == (409, "organisation-merged")
        assert refused.json()["into"] == two
    await desk.client.post(f"/organisations/{two}/merge", json={"into": three})
    assert [await _organisation(desk, name) for name in names] == [three] * 3
    said = await desk.said("organisation-described", organisation_id=one)
    assert [said_once["merged_into"] for said_once in said] == [None, two, three]
    body = {"name": names[0], "kind": "other"}
    renamed = await desk.client.put(f"/organisations/{three}", json=body)
    assert (renamed.status_code, renamed.json()["name"]) == (200, names[0])
    assert [await _organisation(desk, name) for name in names] == [three] * 3


async def test_too_much_at_once_is_refused_and_changes_nothing(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(merge_plan, "MOVED_MAX", 1)
    name = _name("Groot")
    gone, stays = await _organisation(desk, name), await _organisation(desk, _name("Klein"))
    await _organisation(desk, name)
    refused = await desk.client.post(f"/organisations/{gone}/merge", json={"into": stays})
    assert (refused.status_code, refused.json()["slug"]) == (409, "too-much-to-merge")
    assert refused.json()["count"] == 2
    assert (await desk.client.get(f"/organisations/{gone}")).json()["merged_into"] is None


async def test_who_signs_up_while_it_is_merged_is_with_the_other(desk: Desk) -> None:
    for _ in range(5):
        name = _name("Gaasp")
        gone, stays = await _organisation(desk, name), await _organisation(desk, _name("Gaasp2"))
        pitch, gathering_id = await _pitch(desk), await desk.gathering()
        support = {"stance": "joins", "organisation_id": gone}
        merged, came, supported = await asyncio.gather(
            desk.client.post(f"/organisations/{gone}/merge", json={"into": stays}),
            desk.attendee(gathering_id, organisation=name),
            desk.client.post(f"/pitches/{pitch['id']}/endorsements", json=support),
        )
        assert merged.status_code == 200
        assert supported.status_code in (201, 409)
        left = (await desk.client.get(f"/organisations/{gone}")).json()
        assert (left["people"], left["pitches"], left["endorsements"]) == ([], [], [])
        seen = (await desk.client.get(f"/organisations/{stays}")).json()
        assert came["person_id"] in [one["person_id"] for one in seen["people"]]
        assert len(seen["endorsements"]) == (supported.status_code == 201)

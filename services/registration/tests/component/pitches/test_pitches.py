"""Pitches with their needs."""

import httpx

from services.registration.tests.component.desk import Desk, Json, plan_for_work, somebody


async def test_a_pitch_is_submitted_once_then_reviewed(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    gathering_id = await desk.gathering()
    path = f"/gatherings/{gathering_id}/pitches"
    made = await desk.client.post(path, json=plan_for_work(organisation="OCTA"))
    assert (made.status_code, made.json()["state"]) == (201, "submitted")
    pitch = made.json()
    assert (await public.get(f"/api/v1{path}")).json() == {"items": [], "next": None}
    [said] = await desk.said("pitch-submitted", pitch_id=pitch["id"])
    assert said["needs"][0]["need_id"] == pitch["needs"][0]["need_id"]
    review = {"decision": "accepted"}
    accepted = await desk.client.post(f"/pitches/{pitch['id']}/review", json=review)
    assert (accepted.json()["state"], accepted.json()["version"]) == ("accepted", 2)
    again = await desk.client.post(f"/pitches/{pitch['id']}/review", json=review)
    assert again.json()["version"] == 2
    other = {"decision": "declined", "reason": "te laat"}
    refused = await desk.client.post(f"/pitches/{pitch['id']}/review", json=other)
    assert (refused.status_code, refused.json()["slug"]) == (409, "already-reviewed")
    [listed] = (await public.get(f"/api/v1{path}")).json()["items"]
    assert listed["id"] == pitch["id"]


async def test_the_public_pitches_and_gets_a_link(desk: Desk, public: httpx.AsyncClient) -> None:
    gathering_id = await desk.gathering()
    body = plan_for_work()
    answer = await public.post(f"/api/v1/gatherings/{gathering_id}/pitches", json=body)
    assert (answer.status_code, answer.json()) == (202, {"status": "received"})
    [contact] = await desk.said("person-contact", email=body["email"])
    [link] = await desk.said("link-requested", person_id=contact["person_id"])
    assert link["purpose"] == "pitched"
    [pitch] = (await desk.client.get(f"/gatherings/{gathering_id}/pitches")).json()["items"]
    assert pitch["pitchers"] == [contact["person_id"]]


async def test_word_for_word_the_same_of_the_same_person_is_one_pitch(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    """A phone that lost the answer sends it again, and its form may have another key by then."""
    gathering_id = await desk.gathering()
    path, body = f"/gatherings/{gathering_id}/pitches", plan_for_work()
    other_need = body["needs"][0] | {"amount": 16}
    others: list[Json] = [{}, {}, {"title": "Anders"}, {"needs": [other_need]}]
    others.append({"email": somebody()["email"]})
    for changes in others:
        answer = await public.post(f"/api/v1{path}", json=body | changes)
        assert (answer.status_code, answer.json()) == (202, {"status": "received"})
        # From now on they speak for themselves.
        [first, *_] = (await desk.client.get(path)).json()["items"]
        await public.get(await desk.link(first["pitchers"][0]))
    listed = (await desk.client.get(path)).json()["items"]
    told = [(one["title"], one["needs"][0]["amount"]) for one in listed]
    assert told == [("OCTA", 15), ("Anders", 15), ("OCTA", 16), ("OCTA", 15)]
    assert len(await desk.said("link-requested", person_id=listed[0]["pitchers"][0])) == 3
    await desk.client.post(f"/pitches/{listed[0]['id']}/withdraw", json={})
    await public.post(f"/api/v1{path}", json=body)
    assert len((await desk.client.get(path)).json()["items"]) == 5


async def test_staff_pitch_for_a_person_they_know(desk: Desk) -> None:
    gathering_id = await desk.gathering()
    person_id = (await desk.attendee(gathering_id))["person_id"]
    body = plan_for_work(person_id=person_id, name=None, email=None)
    made = await desk.client.post(f"/gatherings/{gathering_id}/pitches", json=body)
    assert made.json()["pitchers"] == [person_id]
    unknown = await desk.client.post(
        f"/gatherings/{gathering_id}/pitches", json=body | {"person_id": "nobody"}
    )
    assert unknown.status_code == 404


async def test_nobody_else_names_a_person_by_id(desk: Desk, public: httpx.AsyncClient) -> None:
    path = f"/api/v1/gatherings/{await desk.gathering()}/pitches"
    answer = await public.post(path, json=plan_for_work(person_id="x"))
    assert (answer.status_code, answer.json()["slug"]) == (403, "forbidden")


async def test_text_for_everybody_tells_no_address(desk: Desk) -> None:
    path = f"/gatherings/{await desk.gathering()}/pitches"
    need = plan_for_work()["needs"][0] | {"description": "bel 020 555 0100"}
    for wrong in ({"title": "Mail a@b.example"}, {"summary": "+31 6 12345678"}, {"needs": [need]}):
        answer = await desk.client.post(path, json=plan_for_work(**wrong))
        assert answer.json()["slug"] == "contact-details-in-public-text", wrong

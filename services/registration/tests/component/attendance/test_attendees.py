"""People sign up, are found again, come, and cancel."""

import asyncio

import httpx

from services.registration.tests.component.desk import Desk, somebody
from tests.names import new_mobile


async def test_the_public_gets_the_same_answer_known_or_not(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    path = f"/api/v1/gatherings/{await desk.gathering()}/attendees"
    person = somebody(organisation="Reigerbank")
    answers = [await public.post(path, json=person) for _ in range(2)]
    assert {answer.status_code for answer in answers} == {202}
    assert answers[0].content == answers[1].content
    listed = (await desk.client.get(path.removeprefix("/api/v1"))).json()
    assert [one["organisation"] for one in listed["items"]] == ["Reigerbank"]
    links = await desk.said("link-requested", person_id=listed["items"][0]["person_id"])
    assert [link["purpose"] for link in links] == ["registered", "confirm"]


async def test_asking_for_links_without_end_sends_only_some(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    path = f"/api/v1/gatherings/{await desk.gathering()}/attendees"
    person = somebody()
    for _ in range(desk.settings.links_per_hour + 3):
        assert (await public.post(path, json=person)).status_code == 202
    contact = await desk.said("person-contact", email=person["email"])
    links = await desk.said("link-requested", person_id=contact[0]["person_id"])
    assert len(links) == desk.settings.links_per_hour


async def test_staff_get_ids_and_send_no_mail(desk: Desk) -> None:
    gathering_id = await desk.gathering()
    person = somebody(organisation="Stichting Mom", offers=["space"], interests=["zorg"])
    path = f"/gatherings/{gathering_id}/attendees"
    made = await desk.client.post(path, json=person)
    assert (made.status_code, made.json()["state"]) == (201, "registered")
    again = await desk.client.post(path, json=person | {"name": " gladys   WATERLELIE "})
    assert (again.status_code, again.json()["slug"]) == (409, "already-registered")
    assert again.json()["id"] == made.json()["id"]
    [said] = await desk.said("attendee-registered", attendee_id=made.json()["id"])
    assert (said["version"], said["offers"], said["interests"]) == (1, ["space"], ["zorg"])
    assert not {"name", "email", "phone"} & said.keys()
    assert await desk.said("link-requested", person_id=made.json()["person_id"]) == []
    [contact] = await desk.said("person-contact", person_id=made.json()["person_id"])
    assert (contact["name"], contact["version"]) == ("Gladys Waterlelie", 1)


async def test_two_people_share_an_address_and_one_person_has_two(desk: Desk) -> None:
    gathering_id = await desk.gathering()
    mobile = new_mobile()
    first = somebody("Kwame Kastanje", phone=f"06 {mobile}")
    path = f"/gatherings/{gathering_id}/attendees"
    kwame = (await desk.client.post(path, json=first)).json()
    other = await desk.client.post(path, json=first | {"name": "Imane Lindebloesem"})
    assert other.json()["person_id"] != kwame["person_id"]
    by_phone = {**first, "email": None, "phone": f"+31 6 {mobile[:4]} {mobile[4:]}"}
    again = await desk.client.post(path, json=by_phone)
    assert again.json()["id"] == kwame["id"]


async def test_a_full_gathering_has_a_waitlist(desk: Desk) -> None:
    gathering_id = await desk.gathering(capacity=3)
    made = await asyncio.gather(*(desk.attendee(gathering_id) for _ in range(8)))
    states = sorted(one["state"] for one in made)
    assert states == ["registered"] * 3 + ["waitlisted"] * 5
    # Who comes later waits behind them, also when a place is free.
    cancelled = next(one for one in made if one["state"] == "registered")
    await desk.client.delete(f"/attendees/{cancelled['id']}")
    assert (await desk.attendee(gathering_id))["state"] == "waitlisted"


async def test_check_in_is_said_once_and_ends_cancelling(desk: Desk) -> None:
    attendee_id = (await desk.attendee(await desk.gathering()))["id"]
    for _ in range(2):
        answer = await desk.client.post(f"/attendees/{attendee_id}/check-in")
        assert (answer.status_code, answer.json()["state"]) == (200, "checked_in")
    [said] = await desk.said("attendee-checked-in", attendee_id=attendee_id)
    assert said["version"] == 2
    refused = await desk.client.delete(f"/attendees/{attendee_id}")
    assert refused.json()["slug"] == "already-checked-in"


async def test_who_cancelled_may_come_back_as_the_same_attendee(desk: Desk) -> None:
    gathering_id = await desk.gathering()
    person = somebody()
    path = f"/gatherings/{gathering_id}/attendees"
    made = (await desk.client.post(path, json=person)).json()
    assert (await desk.client.delete(f"/attendees/{made['id']}")).json()["state"] == "cancelled"
    refused = await desk.client.post(f"/attendees/{made['id']}/check-in")
    assert refused.json()["slug"] == "attendee-cancelled"
    back = await desk.client.post(path, json=person)
    assert (back.status_code, back.json()["id"]) == (201, made["id"])
    said = await desk.said("attendee-registered", attendee_id=made["id"])
    assert [one["version"] for one in said] == [1, 3]


async def test_fifty_at_once_are_fifty(desk: Desk, public: httpx.AsyncClient) -> None:
    gathering_id = await desk.gathering(capacity=100)
    path = f"/gatherings/{gathering_id}/attendees"
    people = [somebody(f"Buur {number}", organisation="De Dreef") for number in range(50)]
    staff = [desk.client.post(path, json=person) for person in people]
    twice = [public.post(f"/api/v1{path}", json=person) for person in people]
    answers = await asyncio.gather(*staff, *twice)
    assert {answer.status_code for answer in answers} <= {201, 202, 409}
    listed = (await desk.client.get(path)).json()
    assert len(listed["items"]) == 50
    assert len({one["person_id"] for one in listed["items"]}) == 50
    assert len({one["organisation_id"] for one in listed["items"]}) == 1
    assert (await desk.client.get(f"/gatherings/{gathering_id}")).json()["taken"] == 50
    assert len(await desk.said("attendee-registered", gathering_id=gathering_id)) == 50


async def test_the_same_key_gives_the_first_answer_again(desk: Desk) -> None:
    path = f"/gatherings/{await desk.gathering()}/attendees"
    person, key = somebody(), {"Idempotency-Key": "once"}
    answers = [await desk.client.post(path, json=person, headers=key) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()
    other = await desk.client.post(path, json=somebody(), headers=key)
    assert (other.status_code, other.json()["slug"]) == (422, "idempotency-key-reused")

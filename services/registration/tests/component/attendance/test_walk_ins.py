"""Who walks in without having signed up is inside at once, with an address or without."""

from doorpakken_plumbing.mongo.database import Document

from services.registration.tests.component.desk import Desk, Json
from tests.names import new_mobile


async def test_who_walks_in_is_registered_and_inside_in_one_step(desk: Desk) -> None:
    gathering_id = await desk.gathering(capacity=1)
    await desk.attendee(gathering_id)
    made = await walk_in(desk, gathering_id, "Zoe Iep", phone=f"06 {new_mobile()}")
    assert made["state"] == "checked_in"
    [registered] = await desk.said("attendee-registered", attendee_id=made["id"])
    [present] = await desk.said("attendee-checked-in", attendee_id=made["id"])
    assert (registered["version"], present["version"]) == (1, 2)
    # They stand inside, whether or not the room was full.
    assert (await desk.client.get(f"/gatherings/{gathering_id}")).json()["taken"] == 2
    assert await desk.said("link-requested", person_id=made["person_id"]) == []


async def test_two_people_of_one_name_without_an_address_are_two(desk: Desk) -> None:
    gathering_id = await desk.gathering()
    one, other = [await walk_in(desk, gathering_id, "Jan Jansen") for _ in range(2)]
    assert one["person_id"] != other["person_id"]
    [contact] = await desk.said("person-contact", person_id=one["person_id"])
    assert (contact["name"], contact["email"], contact["phone"]) == ("Jan Jansen", None, None)
    found = (await desk.client.get("/persons", params={"search": "jansen"})).json()["items"]
    ids = {person["id"] for person in found}
    assert {one["person_id"], other["person_id"]} <= ids


async def test_who_turns_out_to_be_registered_is_checked_in(desk: Desk) -> None:
    gathering_id = await desk.gathering()
    phone = f"06 {new_mobile()}"
    known = await desk.attendee(gathering_id, name="Zoe Iep", phone=phone)
    made = await walk_in(desk, gathering_id, "zoe iep", phone=phone)
    assert (made["id"], made["state"]) == (known["id"], "checked_in")
    assert await tally(desk, gathering_id) == {"inside": 1}


async def test_how_many_are_inside_follows_each_move(desk: Desk) -> None:
    gathering_id = await desk.gathering()
    made = [await walk_in(desk, gathering_id, f"Buur {letter}") for letter in "abc"]
    assert await tally(desk, gathering_id) == {"inside": 3}
    await desk.client.delete(f"/attendees/{made[0]['id']}/check-in")
    assert await tally(desk, gathering_id) == {"inside": 2}


async def walk_in(desk: Desk, gathering_id: str, name: str, **more: str) -> Json:
    """Ids and state."""
    body = {"name": name, "kind": "community_member", **more}
    answer = await desk.client.post(f"/gatherings/{gathering_id}/walk-ins", json=body)
    assert answer.status_code == 201, answer.text
    made: Json = answer.json()
    return made


async def tally(desk: Desk, gathering_id: str) -> Document:
    """How many are inside, as it is kept."""
    kept = await desk.service.mongo["tallies"].find_one({"_id": f"inside {gathering_id}"})
    counts: Document = kept["counts"] if kept else {}
    return counts

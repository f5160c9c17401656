"""Staff find people, see what they did, and change how to reach them."""

import httpx
import pytest
from doorpakken_plumbing.identity.staff import Staff, sign_token
from doorpakken_plumbing.service import Service
from doorpakken_registration.people import search_words

from services.registration.tests.component.desk import Desk, Json, plan_for_work, somebody
from tests.names import new_email, new_mobile, new_word


async def _person(desk: Desk, **more: object) -> Json:
    """Somebody registered, as staff see them."""
    made = await desk.attendee(await desk.gathering(), **more)
    found: Json = (await desk.client.get(f"/persons/{made['person_id']}")).json()
    return found


def _body(person: Json, **more: object) -> Json:
    return {name: person[name] for name in ("name", "email", "phone", "language")} | more


async def test_people_are_found_by_name_and_by_address(desk: Desk) -> None:
    word = new_word()
    digits = new_mobile()
    person = await _person(desk, name=f"Imane {word}", phone=f"06 {digits}")
    for search in (
        f"{word[:20].upper()}  imane",
        person["email"],
        f"06{digits[:4]} {digits[4:]}",
        f"+31 6 {digits}",
        f"0031 6{digits}",
    ):
        found = (await desk.client.get("/persons", params={"search": search})).json()
        assert person["id"] in [one["id"] for one in found["items"]], search
    none = await desk.client.get("/persons", params={"search": f"{word} kwame"})
    assert none.json() == {"items": [], "next": None}


async def test_a_person_has_a_history_over_gatherings(desk: Desk) -> None:
    who = somebody(organisation="Stichting Mom")
    first, second = await desk.gathering(title="Eerste"), await desk.gathering(title="Tweede")
    made = (await desk.client.post(f"/gatherings/{first}/attendees", json=who)).json()
    person_id = made["person_id"]
    session_id = await desk.session(first)
    seat = await desk.client.post(
        f"/sessions/{session_id}/sign-ups", json={"attendee_id": made["id"]}
    )
    plan = plan_for_work(person_id=person_id, name=None, email=None)
    pitch = (await desk.client.post(f"/gatherings/{second}/pitches", json=plan)).json()
    await desk.client.post(
        f"/pitches/{pitch['id']}/endorsements", json={"stance": "joins", "person_id": person_id}
    )
    seen = (await desk.client.get(f"/persons/{person_id}")).json()
    by_title = {one["title"]: one for one in seen["gatherings"]}
    assert by_title.keys() == {"Eerste", "Tweede"}
    came, pitched = by_title["Eerste"], by_title["Tweede"]
    assert (came["attendee"]["state"], came["attendee"]["organisation"]) == (
        "registered",
        "Stichting Mom",
    )
    assert [one["id"] for one in came["sign_ups"]] == [seat.json()["id"]]
    assert pitched["attendee"] is None
    assert [one["id"] for one in pitched["pitches"]] == [pitch["id"]]
    assert [(one["title"], one["stance"]) for one in pitched["endorsements"]] == [("OCTA", "joins")]


async def test_a_changed_address_ends_the_links_sent_to_the_old_one(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    person = await _person(desk)
    path, old = f"/persons/{person['id']}", await desk.link(person["id"])
    named = await desk.client.put(path, json=_body(person, name="Gladys van de Waterlelie"))
    assert (named.status_code, named.json()["version"]) == (200, 2)
    assert (await public.get(old)).status_code == 303
    moved = _body(named.json(), email=new_email("straat.example"))
    assert (await desk.client.put(path, json=moved)).json()["version"] == 3
    assert (await desk.client.put(path, json=moved)).json()["version"] == 3
    assert (await public.get(old)).status_code == 404
    said = await desk.said("person-contact", person_id=person["id"])
    assert [(one["version"], one["generation"]) for one in said] == [(1, 0), (2, 0), (3, 1)]
    assert (said[2]["name"], said[2]["email"]) == (moved["name"], moved["email"])
    new = await desk.link(person["id"], generation=1)
    assert (await public.get(new)).status_code == 303


async def test_who_signs_up_is_known_by_the_new_address_and_not_by_the_old(desk: Desk) -> None:
    person = await _person(desk)
    new = _body(person, email=new_email("straat.example"), phone="06 22334455")
    await desk.client.put(f"/persons/{person['id']}", json=new)
    path = f"/gatherings/{await desk.gathering()}/attendees"
    by_new = await desk.client.post(path, json=new | {"kind": "other"})
    assert by_new.json()["person_id"] == person["id"]
    by_old = await desk.client.post(path, json=_body(person) | {"kind": "other"})
    assert (by_old.status_code, by_old.json()["person_id"] != person["id"]) == (201, True)


async def test_a_person_keeps_one_address_and_may_do_with_only_a_phone(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    person = await _person(desk)
    path = f"/persons/{person['id']}"
    nothing = await desk.client.put(path, json=_body(person, email=None))
    assert (nothing.status_code, nothing.json()["slug"]) == (422, "invalid-input")
    only = await desk.client.put(path, json=_body(person, email=None, phone="0612345099"))
    assert (only.json()["email"], only.json()["phone"]) == (None, "+31612345099")
    kept = await desk.service.mongo["persons"].find_one({"_id": person["id"]})
    assert kept is not None
    assert kept["identities"] == ["+31612345099 gladys waterlelie"]


async def test_a_phone_is_enough_from_signing_up_to_the_own_page(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    gathering_id, number = await desk.gathering(), f"+316{new_mobile()}"
    form = {"name": "Kwame Kastanje", "phone": number, "kind": "other", "language": "nl"}
    sent = await public.post(f"/g/{gathering_id}", data=form)
    assert sent.status_code == 303
    [contact] = await desk.said("person-contact", phone=number)
    assert contact["email"] is None
    assert (await public.get(await desk.link(contact["person_id"]))).status_code == 303
    assert "Kwame Kastanje" in (await public.get("/me")).text
    pitched = await public.post(
        f"/api/v1/gatherings/{gathering_id}/pitches",
        json=plan_for_work(name="Kwame Kastanje", email=None, phone=number),
    )
    assert pitched.status_code == 202
    assert len(await desk.said("person-contact", phone=number)) == 1


async def test_who_would_become_somebody_else_is_pointed_to_them(desk: Desk) -> None:
    email = new_email("balie.example")
    gathering_id = await desk.gathering()
    first, second = [
        (await desk.attendee(gathering_id, name=name, email=email))["person_id"]
        for name in ("Kwame Kastanje", "Imane Lindebloesem")
    ]
    renamed = {"name": "kwame  kastanje", "email": email, "phone": None, "language": "nl"}
    refused = await desk.client.put(f"/persons/{second}", json=renamed)
    assert (refused.status_code, refused.json()["slug"]) == (409, "person-known")
    assert refused.json()["id"] == first
    moved = renamed | {"name": "Imane Lindebloesem", "email": new_email("straat.example")}
    assert (await desk.client.put(f"/persons/{second}", json=moved)).status_code == 200
    left = (await desk.client.get(f"/persons/{first}")).json()
    assert (left["email"], left["version"]) == (email, 1)


async def test_people_are_for_staff_of_all_gatherings(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    person = await _person(desk)
    path = f"/api/v1/persons/{person['id']}"
    assert (await public.get(path)).status_code == 401
    key = desk.settings.staff_private_key.get_secret_value()
    for roles, sees, changes in (({"*": "reader"}, 200, 403), ({"g": "organiser"}, 403, 403)):
        token = sign_token(key, Staff("staff-3", roles, "session-3"))
        bearer = {"Authorization": f"Bearer {token}"}
        assert (await public.get(path, headers=bearer)).status_code == sees
        changed = await public.put(path, json=_body(person), headers=bearer)
        assert changed.status_code == changes


@pytest.mark.parametrize("path", ["/persons/nobody", "/organisations/nobody"])
async def test_nobody_is_nobody(desk: Desk, path: str) -> None:
    assert (await desk.client.get(path)).status_code == 404


async def test_people_are_found_by_each_part_of_a_name_without_its_accents(desk: Desk) -> None:
    word = new_word()
    person = await _person(desk, name=f"Zoë {word}-Müller d'Ancona", email=f"z.{word}@a.example")
    for search in (f"zoe {word}", f"MULLER {word}", f"{word} müll", f"{word} ancona", f"z.{word}"):
        found = (await desk.client.get("/persons", params={"search": search})).json()
        assert [one["id"] for one in found["items"]] == [person["id"]], search


async def test_people_of_an_earlier_version_are_found_after_the_start(
    desk: Desk, service: Service
) -> None:
    word = new_word()
    person = await _person(desk, name=f"Rowena {word}")
    await service.mongo["persons"].update_one({"_id": person["id"]}, [{"$unset": "words"}])
    await service.mongo["search_words"].delete_many({})
    assert await _found(desk, word) == []
    await search_words.begin(service)
    assert await _found(desk, word) == [person["id"]]


async def _found(desk: Desk, search: str) -> list[str]:
    found = (await desk.client.get("/persons", params={"search": search})).json()
    return [one["id"] for one in found["items"]]

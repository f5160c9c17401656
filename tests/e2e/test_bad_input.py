"""What people and programs get wrong: a problem with a stable slug and a sentence, nothing written;
and what they do twice: done once."""

from typing import Any

import httpx
import pytest
from doorpakken_local.demo.play import Play
from doorpakken_local.demo.visiting.web import Json

from tests.e2e.gatherings import API, person
from tests.e2e.stores import written
from tests.probe import eventually

HUGE = "x" * 100_000
NOWHERE = "01890000-0000-7000-8000-000000000000"
PITCH: Json = {
    "kind": "idea",
    "title": "Plan",
    "summary": "Kort verhaal",
    "name": "Mila Tulp",
    "email": "mila@menigte.example",
    "needs": [{"category": "space", "description": "Zaal", "amount": 1, "unit": "day_part"}],
}


def need(**changed: Any) -> Json:
    return PITCH | {"needs": [PITCH["needs"][0] | changed]}


# What is sent where by whom, and the status and slug of the answer.
WRONG: dict[str, tuple[str, str, Any, int, str]] = {
    "malformed JSON": ("public", "attendees", b'{"name": "Mila", ', 400, "malformed-json"),
    "not an object": ("public", "attendees", [1], 422, "invalid-input"),
    "unknown field": ("public", "attendees", person(1) | {"vip": True}, 422, "invalid-input"),
    "unknown kind": ("public", "attendees", person(1) | {"kind": "king"}, 422, "invalid-input"),
    "wrong type": ("public", "attendees", person(1) | {"interests": 7}, 422, "invalid-input"),
    "huge name": ("public", "attendees", person(1) | {"name": HUGE}, 422, "invalid-input"),
    "empty name": ("public", "attendees", person(1) | {"name": " "}, 422, "invalid-input"),
    "no address": ("public", "attendees", person(1) | {"email": None}, 422, "invalid-input"),
    "bad address": ("public", "attendees", person(1) | {"email": "mila@"}, 422, "invalid-input"),
    "address in public text": (
        "public",
        "attendees",
        person(1) | {"interests": ["bel 06 12345678"]},
        422,
        "contact-details-in-public-text",
    ),
    "pitch of no kind": ("public", "pitches", PITCH | {"kind": "wish"}, 422, "invalid-input"),
    "pitch without needs": ("public", "pitches", PITCH | {"needs": []}, 422, "invalid-input"),
    "unit of another": ("public", "pitches", need(unit="euro_cent"), 422, "invalid-input"),
    "amount of nothing": ("public", "pitches", need(amount=0), 422, "invalid-input"),
    "huge summary": ("public", "pitches", PITCH | {"summary": HUGE}, 422, "invalid-input"),
    "list without login": ("public", "GET attendees", None, 401, "unauthorised"),
    "room of no size": ("matching", "rooms", {"name": "Z", "capacity": 0}, 422, "invalid-input"),
}
UNKNOWN_IDS = [
    ("public", f"/gatherings/{NOWHERE}/attendees", person(1)),
    ("public", f"/gatherings/{NOWHERE}/pitches", PITCH),
    ("staff", f"/attendees/{NOWHERE}/check-in", {}),
    ("staff", f"/pitches/{NOWHERE}/review", {"decision": "accepted"}),
    ("staff", f"/sessions/{NOWHERE}/sign-ups", {"attendee_id": NOWHERE}),
    ("staff", f"/waves/{NOWHERE}/answers", {"answer": "maybe", "attendee_id": NOWHERE}),
    ("staff", f"/gatherings/{NOWHERE}/publish", {}),
]


def client_of(play: Play, who: str) -> httpx.AsyncClient:
    if who == "public":
        return play.web.client(play.place.urls["registration"]).session
    return (play.desk.matching if who == "matching" else play.desk.registration).session


def check_problem(answer: httpx.Response, status: int, slug: str) -> Json:
    body: Json = answer.json()
    assert (answer.status_code, body.get("slug")) == (status, slug), body
    assert answer.headers["content-type"].startswith("application/problem+json")
    assert body["type"] == f"urn:doorpakken:problem:{slug}"
    assert len(body["detail"].split()) >= 3
    assert len(answer.content) < 5_000  # what was typed does not come back
    return body


@pytest.mark.parametrize("case", WRONG)
async def test_wrong_input_is_a_problem_and_writes_nothing(play: Play, case: str) -> None:
    who, where, sent, status, slug = WRONG[case]
    before = await written(play)
    method, _, path = where.rpartition(" ")
    content = {"content": sent} if isinstance(sent, bytes) else {"json": sent}
    answer = await client_of(play, who).request(
        method or "POST",
        f"{play.gathering_path}/{path}",
        headers={"Content-Type": "application/json"},
        **(content if sent is not None else {}),
    )
    body = check_problem(answer, status, slug)
    if slug == "invalid-input":
        assert all(error["message"] for error in body["errors"])
    assert await written(play) == before


@pytest.mark.parametrize(("who", "path", "sent"), UNKNOWN_IDS)
async def test_an_unknown_id_is_not_found(play: Play, who: str, path: str, sent: Json) -> None:
    before = await written(play)
    answer = await client_of(play, who).post(f"{API}{path}", json=sent)
    check_problem(answer, 404, "not-found")
    assert await written(play) == before


async def test_a_key_with_another_body_is_refused(play: Play) -> None:
    path, key = f"{play.gathering_path}/attendees", {"Idempotency-Key": "once-and-for-all"}
    staff = client_of(play, "staff")
    first = await staff.post(path, json=person(20), headers=key)
    assert first.status_code == 201
    before = await written(play)
    again = await staff.post(path, json=person(20), headers=key)
    assert (again.status_code, again.json()) == (201, first.json())
    other = await staff.post(path, json=person(21), headers=key)
    check_problem(other, 422, "idempotency-key-reused")
    assert await written(play) == before


async def test_staff_are_told_of_a_person_who_is_here_already(play: Play) -> None:
    staff, path = client_of(play, "staff"), f"{play.gathering_path}/attendees"
    first = await staff.post(path, json=person(30))
    before = await written(play)
    second = await staff.post(path, json=person(30))
    body = check_problem(second, 409, "already-registered")
    assert body["id"] == first.json()["id"]
    assert await written(play) == before


async def test_the_public_cannot_tell_who_is_known(play: Play) -> None:
    public, path = client_of(play, "public"), f"{play.gathering_path}/attendees"
    answers = [await public.post(path, json=person(40)) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [202, 202]
    assert answers[0].json() == answers[1].json()
    assert (await written(play))["attendees"] == 1

    async def mails() -> int:
        return len(await play.mailbox.to(person(40)["email"]))

    await eventually(mails, lambda count: count == 2)


async def test_the_same_person_twice_on_the_page_is_one_attendee(play: Play) -> None:
    entries = {"name": ["Aya Salie"], "email": ["aya@menigte.example"], "kind": ["other"]}
    pages = []
    for _ in range(2):
        browser = play.web.browser()
        form = (await browser.open(play.page_url)).form()
        pages.append(await browser.send(form, entries))
    assert pages[0].url == pages[1].url
    assert pages[0].html == pages[1].html
    assert (await written(play))["attendees"] == 1

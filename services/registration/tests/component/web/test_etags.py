"""Who has a thing already is not sent it again, and nobody overwrites what they did not see."""

import asyncio
from collections import Counter
from typing import Any

import pytest

from services.registration.tests.component.desk import Desk, Json, plan_for_work, somebody
from tests.names import new_word

NEED = plan_for_work()["needs"][0]
PLAN = {name: plan_for_work()[name] for name in ("kind", "title", "summary", "needs")}
DETAILS = {"kind": "other", "interests": ["koken"]}
WHO = {"name": "Etta Gewijzigd", "email": "etta@gewijzigd.example"}

CHANGES: list[tuple[str, str, str, Any]] = [
    ("gathering", "PATCH", "", {"ambition": "Nog eens"}),
    ("pitch", "PUT", "", PLAN | {"title": "OCTA, opnieuw"}),
    ("persona", "PUT", "", {"title": "Dit is Kwame"}),
    ("persona", "DELETE", "", None),
    ("offer", "PUT", "", {"amount": 7}),
    ("offer", "DELETE", "", None),
    ("attendee", "PUT", "/details", DETAILS),
    ("attendee", "DELETE", "", None),
    ("person", "PUT", "", WHO),
    ("organisation", "PUT", "", {"name": "Etagbank", "kind": "covenant_partner"}),
    ("organisation", "PUT", "/contacts", {"person_ids": []}),
]


async def _paths(desk: Desk) -> dict[str, str]:
    """A thing of each kind."""
    gathering_id = await desk.gathering()
    at = f"/gatherings/{gathering_id}"
    name = new_word()
    attendee = await desk.attendee(gathering_id, organisation=f"Etag {name}")
    pitch = (await desk.client.post(f"{at}/pitches", json=plan_for_work())).json()
    persona = (await desk.client.post(f"{at}/personas", json={"title": "Dit is Gladys"})).json()
    toward = {"category": "placement", "unit": "place", "amount": 2}
    offering = toward | {"person_id": attendee["person_id"]}
    offer = (await desk.client.post(f"{at}/offers", json=offering)).json()
    return {
        "gathering": at,
        "attendee": f"/attendees/{attendee['id']}",
        "person": f"/persons/{attendee['person_id']}",
        "organisation": f"/organisations/{attendee['organisation_id']}",
        "pitch": f"/pitches/{pitch['id']}",
        "persona": f"/personas/{persona['id']}",
        "offer": f"/offers/{offer['id']}",
    }


async def _tag(desk: Desk, path: str) -> str:
    answer = await desk.client.get(path)
    assert answer.status_code == 200, answer.text
    return str(answer.headers["etag"])


async def _change(desk: Desk, method: str, path: str, body: Any, tag: str) -> Any:
    return await desk.client.request(method, path, json=body, headers={"If-Match": tag})


async def test_who_has_it_is_not_sent_it_again(desk: Desk) -> None:
    for path in (await _paths(desk)).values():
        tag = await _tag(desk, path)
        again = await desk.client.get(path, headers={"If-None-Match": f'"other", {tag}'})
        assert (again.status_code, again.content) == (304, b""), path
        assert again.headers["etag"] == tag
        other = await desk.client.get(path, headers={"If-None-Match": '"other"'})
        assert (other.status_code, other.headers["etag"]) == (200, tag)


@pytest.mark.parametrize(("kind", "method", "below", "body"), CHANGES)
async def test_what_was_changed_meanwhile_is_not_overwritten(
    desk: Desk, kind: str, method: str, below: str, body: Any
) -> None:
    path = (await _paths(desk))[kind]
    seen = await _tag(desk, path)
    refused = await _change(desk, method, f"{path}{below}", body, '"other.state"')
    assert (refused.status_code, refused.json()["slug"]) == (412, "changed-meanwhile")
    assert await _tag(desk, path) == seen
    done = await _change(desk, method, f"{path}{below}", body, seen)
    assert done.status_code in (200, 204), done.text


async def test_of_many_who_saw_the_same_one_wins(desk: Desk) -> None:
    paths = await _paths(desk)
    for kind, method, bodies in (
        ("gathering", "PATCH", [{"title": f"Titel {number}"} for number in range(8)]),
        ("pitch", "PUT", [PLAN | {"title": f"Titel {number}"} for number in range(8)]),
        ("persona", "PUT", [{"title": f"Titel {number}"} for number in range(8)]),
    ):
        path = paths[kind]
        seen = await _tag(desk, path)
        answers = await asyncio.gather(
            *(_change(desk, method, path, body, seen) for body in bodies)
        )
        assert Counter(one.status_code for one in answers) == {200: 1, 412: 7}, kind
        [won] = [one.json()["title"] for one in answers if one.status_code == 200]
        assert (await desk.client.get(path)).json()["title"] == won


async def test_who_signs_up_takes_no_change_out_of_an_organisers_hands(desk: Desk) -> None:
    gathering_id = await desk.gathering()
    path = f"/gatherings/{gathering_id}"
    seen = await _tag(desk, path)
    await desk.attendee(gathering_id)
    shown = await desk.client.get(path, headers={"If-None-Match": seen})
    assert (shown.status_code, shown.json()["taken"]) == (200, 1)
    changed: Json = (await _change(desk, "PATCH", path, {"title": "Vierde"}, seen)).json()
    assert (changed["title"], changed["taken"]) == ("Vierde", 1)
    assert (await _change(desk, "PATCH", path, {"title": "Vijfde"}, seen)).status_code == 412


async def test_a_repeated_change_is_answered_alike_though_it_changed_the_state(desk: Desk) -> None:
    path = (await _paths(desk))["person"]
    headers = {"If-Match": await _tag(desk, path), "Idempotency-Key": f"etag {path}"}
    who = {name: somebody("Etta Herhaald")[name] for name in ("name", "email")}
    for _ in range(2):
        answer = await desk.client.put(path, json=who, headers=headers)
        assert (answer.status_code, answer.json()["name"]) == (200, "Etta Herhaald")

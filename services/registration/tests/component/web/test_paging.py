"""Lists come a part at a time, in a fixed order, whatever is added or taken away meanwhile."""

import base64
import json
from datetime import datetime
from typing import Any

import pytest

from services.registration.tests.component.desk import Desk, Json, plan_for_work


async def _read_on(desk: Desk, path: str, cursor: str | None, **query: str) -> Json:
    asked = query | ({"cursor": cursor} if cursor else {})
    answer = await desk.client.get(path, params=asked)
    assert answer.status_code == 200, answer.text
    page: Json = answer.json()
    return page


async def _all(desk: Desk, path: str, limit: int, **query: str) -> list[Json]:
    found: list[Json] = []
    cursor = None
    while True:
        page = await _read_on(desk, path, cursor, limit=str(limit), **query)
        assert len(page["items"]) <= limit
        found += page["items"]
        if (cursor := page["next"]) is None:
            return found


async def test_every_thing_is_in_one_part(desk: Desk) -> None:
    gathering_id = await desk.gathering()
    path = f"/gatherings/{gathering_id}/attendees"
    ids = [(await desk.attendee(gathering_id))["id"] for _ in range(5)]
    for limit in (1, 2, 5, 6):
        assert [one["id"] for one in await _all(desk, path, limit)] == ids


async def test_what_is_added_or_gone_meanwhile_moves_nothing(desk: Desk) -> None:
    gathering_id = await desk.gathering()
    path = f"/gatherings/{gathering_id}/personas"
    ids = []
    for title in ("Rowena", "Gladys", "Kwame"):
        made = await desk.client.post(path, json={"title": f"Dit is {title}"})
        ids.append(made.json()["id"])
    first = await _read_on(desk, path, None, limit="2")
    await desk.client.delete(f"/personas/{ids[1]}")
    added = (await desk.client.post(path, json={"title": "Dit is Imane"})).json()["id"]
    rest = await _read_on(desk, path, first["next"])
    assert [one["id"] for one in first["items"] + rest["items"]] == [*ids, added]
    assert rest["next"] is None


@pytest.mark.parametrize("cursor", ["x", "W10=", "eyJ9", "WyIxMjM0NTY3OCIsIFsiYXQiLCAibm93Il1d"])
async def test_a_cursor_that_is_not_ours_is_refused(desk: Desk, cursor: str) -> None:
    path = f"/gatherings/{await desk.gathering()}/attendees"
    answer = await desk.client.get(path, params={"cursor": cursor})
    assert (answer.status_code, answer.json()["slug"]) == (422, "bad-cursor")
    assert answer.json()["errors"][0]["field"] == "cursor"


@pytest.mark.parametrize(
    "place",
    [
        [["text", "\ud800"], ["text", "x"]],  # half a character
        [["at", "0001-01-01T00:00:00+14:00"], ["text", "x"]],  # before the first year
        [["text", {"$gt": ""}], ["text", "x"]],
        "[" * 1400,
    ],
)
async def test_a_cursor_that_was_changed_ends_nothing(desk: Desk, place: list[Any] | str) -> None:
    gathering_id = await desk.gathering()
    for _ in range(2):
        await desk.attendee(gathering_id)
    path = f"/gatherings/{gathering_id}/attendees"
    page = await _read_on(desk, path, None, limit="1")
    mark, *_ = json.loads(base64.urlsafe_b64decode(page["next"]))
    made = place if isinstance(place, str) else json.dumps([mark, *place])
    cursor = base64.urlsafe_b64encode(made.encode()).decode()
    answer = await desk.client.get(path, params={"cursor": cursor})
    # What can be read as a place is one, wherever it leads; all else is refused.
    assert answer.status_code in (200, 422), answer.text
    assert answer.status_code == 200 or answer.json()["slug"] == "bad-cursor"


async def test_a_cursor_of_another_list_is_refused(desk: Desk) -> None:
    here, there = await desk.gathering(), await desk.gathering()
    for _ in range(2):
        await desk.attendee(here)
    page = await _read_on(desk, f"/gatherings/{here}/attendees", None, limit="1")
    answer = await desk.client.get(
        f"/gatherings/{there}/attendees", params={"cursor": page["next"]}
    )
    assert (answer.status_code, answer.json()["slug"]) == (422, "bad-cursor")


async def test_gatherings_people_and_organisations_come_a_part_at_a_time(desk: Desk) -> None:
    for name in ("Vlier", "Vlierbes", "Vlierboom"):
        await desk.attendee(
            await desk.gathering(), name=f"Paging {name}", organisation=f"De {name}"
        )
    people = await _all(desk, "/persons", 1, search="paging vlier")
    assert [one["name"] for one in people] == [
        f"Paging {name}" for name in ("Vlier", "Vlierbes", "Vlierboom")
    ]
    found = await _all(desk, "/organisations", 2, search="de vlier")
    assert [one["name"] for one in found] == ["De Vlier", "De Vlierbes", "De Vlierboom"]
    # As moments: as text, one on the second stands before those within it.
    starts = [
        datetime.fromisoformat(one["starts_at"]) for one in await _all(desk, "/gatherings", 7)
    ]
    assert starts == sorted(starts, reverse=True)


async def test_lists_are_narrowed_to_a_state_a_kind_or_a_need(desk: Desk) -> None:
    gathering_id = await desk.gathering(capacity=1)
    at = f"/gatherings/{gathering_id}"
    made = [await desk.attendee(gathering_id, kind=kind) for kind in ("other", "community_member")]
    pitch = (await desk.client.post(f"{at}/pitches", json=plan_for_work())).json()
    offer = {"amount": 1, "unit": "place", "person_id": made[0]["person_id"]}
    for toward in ({"need_id": pitch["needs"][0]["need_id"]}, {"category": "placement"}):
        answer = await desk.client.post(f"{at}/offers", json=offer | toward)
        assert answer.status_code == 201, answer.text

    async def ids(path: str, **query: str) -> list[str]:
        return [one["id"] for one in await _all(desk, f"{at}/{path}", 10, **query)]

    assert await ids("attendees", state="waitlisted") == [made[1]["id"]]
    assert await ids("attendees", kind="other") == [made[0]["id"]]
    assert await ids("pitches", state="submitted") == [pitch["id"]]
    assert await ids("pitches", state="accepted") == []
    assert len(await ids("offers", category="placement")) == 2
    assert len(await ids("offers", need_id=pitch["needs"][0]["need_id"])) == 1
    session = await desk.session(gathering_id)
    assert await ids("sessions", state="scheduled") == [session]
    assert await ids("sessions", state="cancelled") == []
    refused = await desk.client.get(f"{at}/attendees", params={"state": "gone"})
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "state")

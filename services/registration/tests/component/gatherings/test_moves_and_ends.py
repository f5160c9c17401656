"""A gathering that is moved tells where it was; one that ended took place; sign-up can be ended."""

from datetime import timedelta

import httpx
from doorpakken_plumbing.time import clock
from doorpakken_registration.gatherings.model.gathering import SETTLED, Gathering
from doorpakken_registration.gatherings.store import gatherings as store
from doorpakken_registration.gatherings.store import themes

from services.registration.tests.component.desk import Desk, Json, somebody
from tests.names import new_word
from tests.probe import becomes

HALL = {"name": "Buurthuis", "address": "Plein 1"}


async def test_a_move_is_said_with_what_was_before_and_why(desk: Desk) -> None:
    gathering_id = await desk.gathering()
    before = (await desk.client.get(f"/gatherings/{gathering_id}")).json()
    moved = await desk.client.patch(
        f"/gatherings/{gathering_id}", json={"venue": HALL, "reason": "De zaal is te klein."}
    )
    [left] = moved.json()["earlier"]
    assert (left["venue_name"], left["reason"]) == (before["venue"]["name"], "De zaal is te klein.")
    [said] = await desk.said("gathering-updated", gathering_id=gathering_id)
    [told] = said["earlier"]
    assert told["venue"] == before["venue"]
    assert (told["starts_at"], told["ends_at"]) == (before["starts_at"], before["ends_at"])
    renamed = await desk.client.patch(f"/gatherings/{gathering_id}", json={"title": "Andere naam"})
    assert renamed.json()["earlier"] == moved.json()["earlier"]


async def test_a_draft_that_is_moved_tells_nothing_of_it(desk: Desk) -> None:
    made = (await desk.client.post("/gatherings", json=desk.draft())).json()
    moved = await desk.client.patch(f"/gatherings/{made['id']}", json={"venue": HALL})
    assert moved.json()["earlier"] == []


async def test_a_reason_has_no_way_to_reach_a_person(desk: Desk) -> None:
    gathering_id = await desk.gathering()
    change = {"venue": HALL, "reason": "Bel 06 12345678"}
    refused = await desk.client.patch(f"/gatherings/{gathering_id}", json=change)
    assert (refused.status_code, refused.json()["slug"]) == (422, "contact-details-in-public-text")


async def test_what_was_changed_again_within_minutes_is_passed_over(desk: Desk) -> None:
    found = await store.find_gathering(desk.service.mongo, await desk.gathering())
    assert found
    now = clock.now()
    there, here = _at(found, "Daar"), _at(found, "Hier")
    moved = there.moved(found, now, "eerst")
    assert _name(moved) == found.venue_name
    twice = _at(moved, "Hier").moved(moved, now + SETTLED / 2, "toch")
    last = twice.last_move()
    assert last
    assert (last.venue_name, last.reason) == (found.venue_name, "toch")
    back = _at(twice, found.venue_name).moved(twice, now + SETTLED, "terug")
    assert back.last_move() is None
    later = _at(moved, "Hier").moved(moved, now + SETTLED, "later")
    assert _name(later) == "Daar"
    assert here.last_move() is None


def _at(gathering: Gathering, place: str) -> Gathering:
    return Gathering(**vars(gathering) | {"venue_name": place})


def _name(gathering: Gathering) -> str:
    last = gathering.last_move()
    assert last
    return last.venue_name


async def test_it_took_place_when_it_ended_and_staff_still_enter_who_came(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    now = clock.now()
    times = {
        "starts_at": (now - timedelta(hours=2)).isoformat(),
        "ends_at": (now + timedelta(seconds=1)).isoformat(),
        "registration_closes_at": None,
    }
    gathering_id = await desk.gathering(**times)
    attendee = await desk.attendee(gathering_id)
    await _becomes(desk, gathering_id, "took_place")
    [said] = await desk.said("gathering-updated", gathering_id=gathering_id)
    assert said["state"] == "took_place"
    checked = await desk.client.post(f"/attendees/{attendee['id']}/check-in")
    assert checked.status_code == 200
    await desk.attendee(gathering_id)
    refused = await public.post(f"/api/v1/gatherings/{gathering_id}/attendees", json=somebody())
    assert (refused.status_code, refused.json()["slug"]) == (409, "registration-closed")
    cancelled = await desk.client.post(f"/gatherings/{gathering_id}/cancel", json={})
    assert (cancelled.status_code, cancelled.json()["slug"]) == (409, "gathering-took-place")


async def test_a_wrong_date_can_be_mended_after_it(desk: Desk) -> None:
    now = clock.now()
    times = {
        "starts_at": (now - timedelta(hours=2)).isoformat(),
        "ends_at": (now - timedelta(hours=1)).isoformat(),
        "registration_closes_at": None,
    }
    gathering_id = await desk.gathering(**times)
    await _becomes(desk, gathering_id, "took_place")
    later = {
        "starts_at": (now + timedelta(days=1)).isoformat(),
        "ends_at": (now + timedelta(days=1, hours=3)).isoformat(),
    }
    mended = await desk.client.patch(f"/gatherings/{gathering_id}", json=later)
    assert (mended.status_code, mended.json()["state"]) == (200, "published")


async def test_staff_end_sign_up_and_open_it_again(desk: Desk, public: httpx.AsyncClient) -> None:
    gathering_id = await desk.gathering()
    for _ in range(2):
        closed = await desk.client.post(f"/gatherings/{gathering_id}/close")
        assert (closed.status_code, closed.json()["state"]) == (200, "closed")
    renamed = await desk.client.patch(f"/gatherings/{gathering_id}", json={"title": "Anders"})
    assert renamed.json()["state"] == "closed"
    path = f"/api/v1/gatherings/{gathering_id}/attendees"
    assert (await public.post(path, json=somebody())).status_code == 409
    later = {"registration_closes_at": None}
    opened = await desk.client.patch(f"/gatherings/{gathering_id}", json=later)
    assert opened.json()["state"] == "published"


async def test_a_draft_has_no_sign_up_to_end(desk: Desk) -> None:
    made = (await desk.client.post("/gatherings", json=desk.draft())).json()
    refused = await desk.client.post(f"/gatherings/{made['id']}/close")
    assert (refused.status_code, refused.json()["slug"]) == (409, "not-published")


async def test_it_has_a_theme_of_the_list_and_follows_one_that_is_there(desk: Desk) -> None:
    theme, first = new_word(), await desk.gathering()

    async def create(**more: str) -> httpx.Response:
        return await desk.client.post("/gatherings", json=desk.draft(**more))

    for wrong in ({"theme": theme}, {"continues": "nobody-knows"}):
        refused = await create(**wrong)
        assert refused.status_code == 422
        assert [one["field"] for one in refused.json()["errors"]] == [*wrong]
    await desk.service.transact(lambda tx: themes.add_theme(tx, theme))
    made = await create(theme=theme, continues=first)
    assert (made.json()["theme"], made.json()["continues"]) == (theme, first)
    await desk.service.transact(lambda tx: themes.delete_theme(tx, theme))
    kept: Json = (
        await desk.client.patch(f"/gatherings/{made.json()['id']}", json={"title": "Later"})
    ).json()
    assert (kept["title"], kept["theme"]) == ("Later", theme)
    await desk.client.post(f"/gatherings/{made.json()['id']}/publish")
    [said] = await desk.said("gathering-published", gathering_id=made.json()["id"])
    assert (said["theme"], said["continues"]) == (theme, first)


async def _becomes(desk: Desk, gathering_id: str, wanted: str) -> None:
    async def state() -> str:
        return str((await desk.client.get(f"/gatherings/{gathering_id}")).json()["state"])

    await becomes(state, wanted, seconds=15)

"""Gatherings go from draft to published, closed or cancelled, and say so."""

from datetime import timedelta

import httpx
from doorpakken_plumbing.identity.staff import Staff, sign_token
from doorpakken_plumbing.time import clock

from services.registration.tests.component.desk import Desk, somebody
from tests.probe import becomes


async def test_a_draft_is_for_staff_until_it_is_published(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    made = await desk.client.post("/gatherings", json=desk.draft(capacity=50))
    assert made.status_code == 201
    assert (made.json()["state"], made.json()["version"]) == ("draft", 0)
    path = f"/api/v1/gatherings/{made.json()['id']}"
    assert (await public.get(path)).status_code == 404
    assert (await public.post(f"{path}/attendees", json=somebody())).status_code == 404
    published = await desk.client.post(f"/gatherings/{made.json()['id']}/publish")
    assert (published.json()["state"], published.json()["version"]) == ("published", 1)
    assert (await public.get(path)).json() == published.json()
    [said] = await desk.said("gathering-published", gathering_id=made.json()["id"])
    assert (said["version"], said["capacity"]) == (1, 50)
    again = await desk.client.post(f"/gatherings/{made.json()['id']}/publish")
    assert (again.status_code, again.json()["slug"]) == (409, "already-published")


async def test_a_draft_is_for_the_staff_of_that_gathering(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    drafts = [(await desk.client.post("/gatherings", json=desk.draft())).json() for _ in range(2)]
    mine, other = (one["id"] for one in drafts)
    key = desk.settings.staff_private_key.get_secret_value()
    reader = sign_token(key, Staff("staff-9", {mine: "reader"}, "session-9"))
    bearer = {"Authorization": f"Bearer {reader}"}
    for where in ("/api/v1/gatherings?limit=1000", "/api/v1/gatherings?state=draft&limit=1000"):
        listed = {one["id"] for one in (await public.get(where, headers=bearer)).json()["items"]}
        assert listed & {mine, other} == {mine}
    asked = [
        (await public.get(f"/api/v1/gatherings/{one}", headers=bearer)).status_code
        for one in (mine, other)
    ]
    assert asked == [200, 404]
    public.cookies.set("staff", reader)
    public.cookies.set("staff_session", "none")
    title = f"Geheime avond {other[-6:]}"
    await desk.client.patch(f"/gatherings/{other}", json={"title": title})
    assert title not in (await public.get("/")).text


async def test_a_change_is_said_and_a_null_is_refused_where_there_must_be_something(
    desk: Desk,
) -> None:
    path = f"/gatherings/{await desk.gathering(capacity=5)}"
    changed = await desk.client.patch(path, json={"title": "Vierde", "capacity": None})
    assert (changed.json()["title"], changed.json()["capacity"]) == ("Vierde", None)
    assert changed.json()["version"] == 2
    refused = await desk.client.patch(path, json={"title": None})
    assert refused.json()["errors"][0]["field"] == "title"
    ends_first = {"ends_at": (clock.now() + timedelta(days=1)).isoformat()}
    refused = await desk.client.patch(path, json=ends_first)
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "ends_at")


async def test_registration_closes_at_its_time_and_staff_still_enter_walk_ins(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    soon = (clock.now() + timedelta(seconds=1)).isoformat()
    gathering_id = await desk.gathering(registration_closes_at=soon)

    async def state() -> str:
        found = await desk.client.get(f"/gatherings/{gathering_id}")
        return str(found.json()["state"])

    await becomes(state, "closed", seconds=15)
    assert len(await desk.said("gathering-closed", gathering_id=gathering_id)) == 1
    refused = await public.post(f"/api/v1/gatherings/{gathering_id}/attendees", json=somebody())
    assert (refused.status_code, refused.json()["slug"]) == (409, "registration-closed")
    await desk.attendee(gathering_id)


async def test_a_cancelled_gathering_takes_nobody(desk: Desk) -> None:
    gathering_id = await desk.gathering()
    await desk.client.post(f"/gatherings/{gathering_id}/cancel", json={"reason": "storm"})
    answer = await desk.client.post(f"/gatherings/{gathering_id}/attendees", json=somebody())
    assert (answer.status_code, answer.json()["slug"]) == (409, "registration-closed")
    again = await desk.client.patch(f"/gatherings/{gathering_id}", json={"title": "Toch"})
    assert again.json()["slug"] == "gathering-cancelled"
    [said] = await desk.said("gathering-cancelled", gathering_id=gathering_id)
    assert said["reason"] == "storm"

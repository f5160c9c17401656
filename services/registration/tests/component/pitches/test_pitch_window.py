"""Pitching has its own window: the page says when, the API refuses, staff always enter."""

from datetime import timedelta

import httpx
import pytest
from doorpakken_plumbing.time import clock
from doorpakken_registration.gatherings.model.gathering import LOCAL

from services.registration.tests.component.desk import Desk, plan_for_work, somebody
from services.registration.tests.component.plans import PLAN

AHEAD = timedelta(days=2)


@pytest.mark.parametrize(
    ("field", "said"),
    [("pitches_open_at", "U kunt uw plan insturen vanaf"), ("pitches_close_at", "U kon uw plan")],
)
async def test_outside_the_window_only_staff_pitch(
    desk: Desk, public: httpx.AsyncClient, field: str, said: str
) -> None:
    moment = clock.now() + (AHEAD if field == "pitches_open_at" else -AHEAD)
    gathering_id = await desk.gathering(**{field: moment.isoformat()})
    path = f"/gatherings/{gathering_id}/pitches"
    refused = await public.post(f"/api/v1{path}", json=plan_for_work())
    assert (refused.status_code, refused.json()["slug"]) == (409, "pitching-closed")
    assert (await desk.client.post(path, json=plan_for_work())).status_code == 201
    page = (await public.get(f"/g/{gathering_id}/pitch")).text
    assert said in page
    assert f"{moment.astimezone(LOCAL):%H.%M} uur" in page
    assert "<textarea" not in page
    for shown in ("/", f"/g/{gathering_id}", f"/g/{gathering_id}/needs"):
        assert f"/g/{gathering_id}/pitch" not in (await public.get(shown)).text


async def test_nobody_tells_a_plan_to_a_gathering_that_is_over(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    ends_at = clock.now() - timedelta(hours=1)
    times = {"starts_at": ends_at - timedelta(hours=3), "ends_at": ends_at}
    gathering_id = await desk.gathering(**{name: at.isoformat() for name, at in times.items()})
    path = f"/gatherings/{gathering_id}/pitches"
    refused = await public.post(f"/api/v1{path}", json=plan_for_work())
    assert (refused.status_code, refused.json()["slug"]) == (409, "pitching-closed")
    assert (await desk.client.post(path, json=plan_for_work())).status_code == 201
    for shown in (
        "/",
        f"/g/{gathering_id}",
        f"/g/{gathering_id}/needs",
        f"/g/{gathering_id}/thanks",
    ):
        assert f"/g/{gathering_id}/pitch" not in (await public.get(shown)).text


async def test_a_window_that_closed_meanwhile_loses_nothing(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    gathering_id = await desk.gathering()
    api, path = f"/gatherings/{gathering_id}", f"/g/{gathering_id}/pitch"
    for shown in ("/", f"/g/{gathering_id}", f"/g/{gathering_id}/needs"):
        assert path in (await public.get(shown)).text
    await desk.client.patch(api, json={"pitches_close_at": clock.now().isoformat()})
    page = await public.post(path, data=somebody("Kwame Wilgenroos") | PLAN)
    assert page.status_code == 422
    assert "Plannen insturen kan nu niet." in page.text
    for typed in ("Kwame Wilgenroos", "stof en verzekering", "3.200,50", "7-11-2030"):
        assert f'value="{typed}"' in page.text
    await desk.client.patch(api, json={"pitches_close_at": None})
    assert (await public.post(path, data=somebody() | PLAN)).status_code == 303


async def test_a_window_ends_after_it_begins(desk: Desk) -> None:
    opens = clock.now().isoformat()
    made = await desk.client.post(
        "/gatherings", json=desk.draft(pitches_open_at=opens, pitches_close_at=opens)
    )
    assert (made.status_code, made.json()["errors"][0]["field"]) == (422, "pitches_close_at")

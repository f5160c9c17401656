"""Where staff begin, on a phone and at a desk: nothing is in the way, nothing is wider than the
screen, and cards stand beside each other where there is room."""

import pytest
from doorpakken_events.staff_work import StaffWork, WorkLine
from playwright.async_api import Page

from services.registration.tests.component.accepted import accepted_pitches
from services.registration.tests.component.desk import Desk, plan_for_work
from tests.e2e.looking import barriers

pytestmark = pytest.mark.browser

PAGES = ("/staff", "/staff/g/{g}/today", "/staff/g/{g}/support", "/g/{g}", "/g/{g}/needs", "/")


@pytest.mark.parametrize("width", [390, 1280])
async def test_pages_of_staff_fit_the_screen(
    desk: Desk, page: Page, address: str, width: int
) -> None:
    gathering_id = await _busy(desk)
    await page.set_viewport_size({"width": width, "height": 900})
    found, too_wide = {}, []
    for path in PAGES:
        await page.goto(f"{address}{path.format(g=gathering_id)}")
        found[path] = await barriers(page)
        if await page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            too_wide.append(path)
    assert ({name: wrong for name, wrong in found.items() if wrong}, too_wide) == ({}, [])
    await page.goto(f"{address}/staff/g/{gathering_id}/today")
    steps = [await one.bounding_box() for one in await page.locator(".three > .card").all()]
    tops = {round(box["y"]) for box in steps if box}
    assert len(tops) == (1 if width == 1280 else 3)


async def test_a_line_leads_to_its_page_in_one_click(desk: Desk, page: Page, address: str) -> None:
    gathering_id = await _busy(desk)
    await page.goto(f"{address}/staff/g/{gathering_id}/today")
    link = page.get_by_role("row").get_by_role("link", name="Voer ruimtes en tijden in")
    expected = f"{desk.settings.matching_url}/g/{gathering_id}/rooms"
    assert await link.get_attribute("href") == expected


async def _busy(desk: Desk) -> str:
    """A gathering with a plan to review, one on the wall, and rooms to enter."""
    gathering_id = await desk.gathering(title="Doorpakken in Zuidoost")
    await accepted_pitches(desk, gathering_id, 4)
    pitches = f"/gatherings/{gathering_id}/pitches"
    assert (await desk.client.post(pitches, json=plan_for_work())).status_code == 201
    path = f"/g/{gathering_id}/rooms"
    line = WorkLine(kind="no_rooms", count=1, service="matching", path=path)
    work = StaffWork(
        staff_work_id=f"matching-{gathering_id}"[:80],
        service="matching",
        gathering_id=gathering_id,
        lines=(line,),
    )
    await desk.hear(work, 1)
    return gathering_id

"""The page on a visitor's own phone: three choices, kept, changed and taken back."""

import re

import httpx

from services.registration.tests.component.accepted import accepted_pitch, accepted_pitches
from services.registration.tests.component.desk import Desk


async def test_choosing_on_ones_own_phone(desk: Desk, public: httpx.AsyncClient) -> None:
    gathering_id = await desk.gathering()
    first, second = await accepted_pitches(desk, gathering_id, 2)
    mine = await desk.attendee(gathering_id)
    await public.get(await desk.link(mine["person_id"]))
    path = f"/me/wishes/{gathering_id}"
    assert path in (await public.get("/me")).text
    assert _selected((await public.get(path)).text) == []
    # A second choice without a first one is the first.
    sent = await public.post(path, data={"choice.2": second, "choice.3": first})
    page = await public.get(sent.headers["location"])
    assert _selected(page.text) == [second, first]
    assert "Bewaard." in page.text
    await public.post(path, data={"choice.1": ""})
    assert _selected((await public.get(path)).text) == []


async def test_the_same_twice_is_said_and_kept(desk: Desk, public: httpx.AsyncClient) -> None:
    gathering_id = await desk.gathering()
    [only] = await accepted_pitches(desk, gathering_id, 1)
    mine = await desk.attendee(gathering_id)
    await public.get(await desk.link(mine["person_id"]))
    path = f"/me/wishes/{gathering_id}"
    page = await public.post(path, data={"choice.1": only, "choice.3": only})
    assert (page.status_code, _selected(page.text)) == (422, [only, only])
    assert "Kies verschillende plannen uit de lijst." in page.text
    english = await public.post(f"{path}?lang=en", data={"choice.1": "nope"})
    assert "Choose different plans from the list." in english.text


async def test_titles_are_shown_as_text(desk: Desk, public: httpx.AsyncClient) -> None:
    gathering_id = await desk.gathering()
    await accepted_pitch(desk, gathering_id, "<script>x</script>")
    mine = await desk.attendee(gathering_id)
    await public.get(await desk.link(mine["person_id"]))
    page = await public.get(f"/me/wishes/{gathering_id}")
    assert "1. &lt;script&gt;x&lt;/script&gt;" in page.text


async def test_without_a_link_or_a_place_there_is_no_page(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    path = f"/me/wishes/{await desk.gathering()}"
    assert (await public.get(path)).status_code == 401
    elsewhere = await desk.attendee(await desk.gathering())
    await public.get(await desk.link(elsewhere["person_id"]))
    assert (await public.get(path)).status_code == 404
    assert (await public.post(path, data={})).status_code == 404


def _selected(page: str) -> list[str]:
    return re.findall(r'<option value="([^"]+)" selected>', page)

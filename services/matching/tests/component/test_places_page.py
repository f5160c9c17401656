"""Organisers add, change and remove rooms and times on a page, and are led on after the plan."""

import re
from collections.abc import AsyncIterator
from datetime import timedelta

import httpx
import pytest_asyncio
from doorpakken_matching.routes import form
from doorpakken_pages.catalogue import translations
from doorpakken_pages.moments import local

from services.matching.tests.component.conftest import ClientOf
from services.matching.tests.component.gathering import Gathering
from services.matching.tests.component.test_places import of

SEEN = re.compile(r'name="seen" value="(\w+)"')
HIDDEN = re.compile(r'type="hidden" name="(\w+)" value="([^"]*)"')
ROOM = {"name": "Zaal <b>Ara</b>", "capacity": "12", "address": "Bijlmerdreef 1", "link": ""}


@pytest_asyncio.fixture
async def browser(client_of: ClientOf) -> AsyncIterator[httpx.AsyncClient]:
    """An organiser with a browser."""
    async with client_of({"*": "organiser"}) as client:
        client.base_url = httpx.URL("http://matching.example")
        client.headers["Accept"] = "text/html"
        yield client


def test_every_sentence_of_a_form_has_its_english() -> None:
    english = translations("en", "doorpakken_matching")
    sentences = {*form.FIELDS.values(), *(sentence for _, sentence in form.AT.values())}
    assert [one for one in sentences if english.gettext(one) == one] == []


async def test_a_gathering_without_places_leads_to_where_they_are_added(
    gathering: Gathering, browser: httpx.AsyncClient
) -> None:
    await gathering.hear((gathering.published(), 1))
    page = f"/g/{gathering.id}/rooms"
    lead = f'<a href="{page}">Voeg ruimtes en tijden toe</a>'
    assert lead in (await browser.get("/")).text
    day = local(gathering.start + timedelta(days=9))
    slot = {"day": f"{day:%Y-%m-%d}", "begin": "15.00", "end": "17:00"}
    key = {"idempotency_key": "once"}
    for _ in range(2):
        assert (await browser.post(page, data=ROOM | key)).status_code == 303
    assert (await browser.post(f"/g/{gathering.id}/slots", data=slot)).status_code == 303
    shown = (await browser.get(page)).text
    assert shown.count("Zaal &lt;b&gt;Ara&lt;/b&gt;</strong>, 12 plaatsen") == 1
    assert "15.00–17.00 uur" in shown
    assert "<dt>Zoveel sessies passen er</dt><dd>1</dd>" in shown
    assert lead not in (await browser.get("/")).text


async def test_a_form_keeps_what_was_typed(
    gathering: Gathering, browser: httpx.AsyncClient
) -> None:
    await gathering.prepare()
    page = f"/g/{gathering.id}/rooms"
    many = await browser.post(page, data=ROOM | {"capacity": "veel"})
    assert (many.status_code, "Schrijf een getal van 1 tot 1000." in many.text) == (422, True)
    assert 'value="Bijlmerdreef 1"' in many.text
    taken = await browser.post(page, data=ROOM | {"name": "Keuken"})
    assert (taken.status_code, "Deze naam is er al." in taken.text) == (422, True)
    slot = {"day": "6-10-2030", "begin": "17.00", "end": "15.00"}
    early = await browser.post(f"/g/{gathering.id}/slots", data=slot)
    assert (early.status_code, "Schrijf een tijd na het begin" in early.text) == (422, True)
    assert 'value="6-10-2030"' in early.text


async def test_both_versions_are_shown_when_somebody_else_was_first(
    gathering: Gathering, browser: httpx.AsyncClient
) -> None:
    await gathering.prepare()
    room = await of(gathering, "rooms")
    page = f"/g/{gathering.id}/rooms/{room['id']}"
    seen = SEEN.search((await browser.get(page)).text)
    assert seen
    await gathering.client.patch(room["path"], json={"capacity": 7})
    mine = ROOM | {"seen": seen[1], "act": "change", "name": "Groot atelier"}
    both = await browser.post(page, data=mine)
    assert both.status_code == 412
    assert "Nu staat er: Atelier, 7 plaatsen." in both.text
    assert 'value="Groot atelier"' in both.text
    again = SEEN.search(both.text)
    assert again
    saved = await browser.post(page, data=mine | {"seen": again[1]})
    assert saved.status_code == 303
    assert (await of(gathering, "rooms"))["name"] == "Groot atelier"


async def test_a_session_in_the_way_is_named_and_after_the_plan_staff_are_led_on(
    gathering: Gathering, browser: httpx.AsyncClient
) -> None:
    await gathering.prepare()
    plan = await gathering.plan()
    board = f"/plans/{plan['run_id']}"
    shown = (await browser.get(board)).text
    assert "Tot wanneer kunnen mensen kiezen?" in shown
    assert "<dt>Aanwezig</dt><dd>3</dd>" in shown
    until = plan["sessions"][0]["starts_at"][:16]
    late = await browser.post(f"{board}/publish", data={"answer_by": until})
    assert (late.status_code, f'value="{until}"' in late.text) == (422, True)
    answer_by = local(gathering.start + timedelta(days=3))
    chosen = {"answer_by": f"{answer_by:%Y-%m-%dT%H:%M}"}
    assert (await browser.post(f"{board}/publish", data=chosen)).status_code == 303
    shown = (await browser.get(board)).text
    assert f'/outbox#wave-{plan["run_id"]}">Maak uitnodigingen klaar</a>' in shown
    assert f"{answer_by:%H.%M} uur" in shown

    (session,) = plan["sessions"]
    page = f"/g/{gathering.id}/slots/{session['slot']}"
    seen = SEEN.search((await browser.get(page)).text)
    assert seen
    refused = await browser.post(page, data={"seen": seen[1], "act": "remove"})
    assert refused.status_code == 409
    link = f'<a href="{board}#s-{session["session_id"]}">Pitch one</a>'
    assert link in refused.text
    assert link in (await browser.get(f"/g/{gathering.id}/rooms")).text


async def test_a_reader_sees_places_and_changes_none(
    gathering: Gathering, client_of: ClientOf
) -> None:
    await gathering.prepare()
    room = await of(gathering, "rooms")
    async with client_of({gathering.id: "reader"}) as reader:
        reader.base_url = httpx.URL("http://matching.example")
        page = f"/g/{gathering.id}/rooms"
        assert "<form" not in (await reader.get(page)).text
        assert (await reader.post(page, data=ROOM)).status_code == 403
        removing = await reader.post(f"{page}/{room['id']}", data={"act": "remove"})
        assert removing.status_code == 403


async def test_what_was_typed_is_kept_when_the_token_ran_out(
    gathering: Gathering, browser: httpx.AsyncClient
) -> None:
    await gathering.prepare()
    page = f"/g/{gathering.id}/rooms"
    signed_in = browser.headers.pop("Authorization")
    kept = await browser.post(page, data=ROOM | {"idempotency_key": "kept"})
    assert (kept.status_code, "/staff/renew?next=" in kept.text) == (401, True)
    sent = dict(HIDDEN.findall(kept.text))
    assert sent == {"name": "Zaal &lt;b&gt;Ara&lt;/b&gt;", "idempotency_key": "kept"} | {
        name: ROOM[name] for name in ("capacity", "address", "link")
    }
    assert (await browser.get(page)).status_code == 303
    assert (await browser.post(f"/gatherings/{gathering.id}/plans")).status_code == 303
    browser.headers["Authorization"] = signed_in
    assert (await browser.post(page, data=ROOM | {"idempotency_key": "kept"})).status_code == 303

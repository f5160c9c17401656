"""The pages of tables and insights: what lies on the table, what is noted, and what staff show."""

import re
from collections.abc import AsyncIterator
from datetime import timedelta

import httpx
import pytest_asyncio
from doorpakken_plumbing.identity.staff import COOKIE, Staff, sign_token
from doorpakken_plumbing.time import clock
from doorpakken_registration.settings import Settings
from fastapi import FastAPI

from services.registration.tests.component.accepted import accepted_pitch
from services.registration.tests.component.at_tables import insight_at, portrait_at, table_at
from services.registration.tests.component.desk import Desk

TEXT = "Zaterdag <b>met</b> een kinderhoek"
SHOWN = "Zaterdag &lt;b&gt;met&lt;/b&gt; een kinderhoek"


@pytest_asyncio.fixture
async def office(app: FastAPI, settings: Settings) -> AsyncIterator[httpx.AsyncClient]:
    """The browser of an organiser, beside that of the public."""
    staff = Staff("staff-1", {"*": "organiser"}, "session-1")
    token = sign_token(settings.staff_private_key.get_secret_value(), staff)
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app),
        base_url=settings.registration_url,
        headers={"Sec-Fetch-Site": "same-origin"},
        cookies={COOKIE: token},
    ) as client:
        yield client


async def test_from_a_table_to_what_everybody_reads(
    desk: Desk, public: httpx.AsyncClient, office: httpx.AsyncClient
) -> None:
    gathering_id = await desk.gathering()
    persona_id = await portrait_at(desk, gathering_id)
    staff_pages = f"/staff/g/{gathering_id}"
    form = {"label": "Tafel 1", "about": f"persona:{persona_id}", "idempotency_key": "one"}
    for _ in range(2):
        assert (await office.post(f"{staff_pages}/tables", data=form)).status_code == 303
    [code] = re.findall(r'href="/t/([^"]+)"', (await office.get(f"{staff_pages}/tables")).text)
    entered = await public.get("/t", params={"code": f" {code.lower()} "})
    page = await public.get(entered.headers["location"])
    assert "Dit is Gladys" in page.text
    assert "Zichtbaar voor iedereen" in page.text
    sent = await public.post(f"/t/{code}", data={"text": TEXT, "idempotency_key": _key(page.text)})
    thanks = await public.get(sent.headers["location"])
    assert "Dank u wel." in thanks.text
    assert re.search(r"<textarea[^>]*></textarea>", thanks.text)
    assert SHOWN not in thanks.text
    [path] = _insights((await office.get(f"{staff_pages}/insights")).text)
    assert (await office.post(path, data={"state": "approved"})).status_code == 303
    for seen in (f"/t/{code}", f"/g/{gathering_id}/portraits"):
        assert SHOWN in (await public.get(seen)).text
    # Taken back, then hidden: each is one click.
    for state in ("pending", "hidden"):
        assert (await office.post(path, data={"state": state})).status_code == 303
        assert SHOWN not in (await public.get(f"/t/{code}")).text
    assert (await office.post(path, data={"state": "burnt"})).status_code == 404


async def test_a_mistake_at_the_table_keeps_the_text(desk: Desk, public: httpx.AsyncClient) -> None:
    code = (await table_at(desk, await desk.gathering()))["code"]
    page = await public.post(f"/t/{code}", data={"text": "Bel mij: 06 12345678"})
    assert (page.status_code, "Bel mij: 06 12345678</textarea>" in page.text) == (422, True)
    assert "Iedereen kan dit lezen." in page.text
    empty = await public.post(f"/t/{code}?lang=en", data={"text": ""})
    assert "Write down what you notice, with 500 letters at most." in empty.text


async def test_an_unknown_code_is_kept_and_explained(public: httpx.AsyncClient) -> None:
    assert (await public.get("/t")).status_code == 200
    page = await public.get("/t", params={"code": '"><b>'})
    assert (page.status_code, 'value="&#34;&gt;&lt;b&gt;"' in page.text) == (404, True)
    assert "Deze code kennen wij niet." in page.text
    for answer in (await public.get("/t/NOPE"), await public.post("/t/NOPE", data={"text": "x"})):
        assert (answer.status_code, "Deze code kennen wij niet." in answer.text) == (404, True)


async def test_a_closed_table_says_so(
    desk: Desk, public: httpx.AsyncClient, office: httpx.AsyncClient
) -> None:
    gathering_id = await desk.gathering()
    code = (await table_at(desk, gathering_id))["code"]
    await insight_at(desk, code, TEXT, "approved")
    tables = f"/staff/g/{gathering_id}/tables"
    assert (await office.post(f"{tables}/{code}/close")).status_code == 303
    page = await public.get(f"/t/{code}")
    assert "Hier kunt u niets meer opschrijven." in page.text
    assert SHOWN in page.text
    assert "<textarea" not in page.text
    late = await public.post(f"/t/{code}", data={"text": TEXT})
    assert (late.status_code, "Deze tafel is gesloten." in late.text) == (422, True)
    assert late.text.count(SHOWN) == 2
    assert (await office.post(f"{tables}/{code}/reopen")).status_code == 303
    assert "<textarea" in (await public.get(f"/t/{code}")).text
    assert (await office.post(f"{tables}/{code}/burn")).status_code == 404


async def test_a_gathering_that_is_over_says_so(desk: Desk, public: httpx.AsyncClient) -> None:
    now = clock.now()
    gathering_id = await desk.gathering(
        starts_at=(now - timedelta(days=9)).isoformat(),
        ends_at=(now - timedelta(days=8)).isoformat(),
    )
    code = (await table_at(desk, gathering_id))["code"]
    assert "<textarea" not in (await public.get(f"/t/{code}")).text
    late = await public.post(f"/t/{code}", data={"text": TEXT})
    assert (late.status_code, "Deze bijeenkomst is voorbij." in late.text) == (422, True)


async def test_a_sheet_for_each_open_table(
    desk: Desk, office: httpx.AsyncClient, settings: Settings
) -> None:
    gathering_id = await desk.gathering()
    pitch_id = (await accepted_pitch(desk, gathering_id, "OCTA <i>"))["id"]
    opened = await table_at(desk, gathering_id, pitch_id=pitch_id)
    closed = await table_at(desk, gathering_id)
    await desk.client.post(f"/tables/{closed['code']}/close")
    page = await office.get(f"/staff/g/{gathering_id}/tables/print")
    assert opened["code"] in page.text
    assert closed["code"] not in page.text
    assert "Tafel 1: OCTA &lt;i&gt;" in page.text
    assert f"{settings.registration_url}/t" in page.text
    assert page.text.count("<svg") == 1


async def test_what_is_wrong_with_a_table_is_said_at_its_field(
    desk: Desk, office: httpx.AsyncClient
) -> None:
    gathering_id = await desk.gathering()
    path = f"/staff/g/{gathering_id}/tables"
    assert "Schrijf eerst een portret" in (await office.get(path)).text
    persona_id = await portrait_at(desk, gathering_id)
    wrong = [
        ({"label": "Tafel 1"}, "about"),
        ({"label": "Tafel 1", "about": "persona:nope"}, "about"),
        ({"label": "", "about": f"persona:{persona_id}"}, "label"),
    ]
    for form, field in wrong:
        page = await office.post(path, data=form)
        assert (page.status_code, f'href="#{field}"' in page.text) == (422, True), form
    assert 'value="Tafel 1"' in (await office.post(path, data=wrong[0][0])).text


async def test_pages_of_another_gathering_are_not_found(
    desk: Desk, office: httpx.AsyncClient
) -> None:
    table = await table_at(desk, await desk.gathering())
    shown = await insight_at(desk, table["code"], "Zaterdag")
    other = f"/staff/g/{await desk.gathering()}"
    for path, form in (
        (f"{other}/tables/{table['code']}/close", {}),
        (f"{other}/insights/{shown['id']}", {"state": "approved"}),
        (f"{other}/portraits/{table['persona_id']}/delete", {}),
    ):
        assert (await office.post(path, data=form)).status_code == 404, path


async def test_staff_pages_are_for_staff(desk: Desk, public: httpx.AsyncClient) -> None:
    gathering_id = await desk.gathering()
    for path in ("tables", "tables/print", "insights", "portraits"):
        assert (await public.get(f"/staff/g/{gathering_id}/{path}")).status_code == 401


def _key(page: str) -> str:
    found = re.search(r'name="idempotency_key" value="([^"]+)"', page)
    assert found
    return found[1]


def _insights(page: str) -> list[str]:
    return re.findall(r'action="(/staff/g/[^"]+/insights/[^"]+)"', page)

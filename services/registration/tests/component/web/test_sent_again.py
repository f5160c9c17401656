"""Whatever goes wrong when a form is sent, all that was typed is on the page that says so."""

import asyncio
from collections.abc import AsyncIterator

import httpx
import pytest
import pytest_asyncio
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_registration.gatherings import gatherings
from doorpakken_registration.pitches import pitches
from doorpakken_registration.pitches.model.pitch import Pitch
from doorpakken_registration.pitches.model.submission import Submission
from fastapi import FastAPI
from pymongo.errors import ServerSelectionTimeoutError

from services.registration.tests.component.desk import Desk, plan_for_work
from services.registration.tests.component.filling import fields_of
from services.registration.tests.component.plans import PLAN
from tests.names import new_email

TYPED = PLAN | {
    "name": "Rowena <Dotterbloem>",
    "email": "rowena.dotterbloem@buurt.example",
    "summary": "Eén regel\r\nen nog één",
    "co_pitchers.1.name": "Kwame Dotterbloem",
    "co_pitchers.1.phone": "06 11223344",
}


@pytest_asyncio.fixture
async def far(app: FastAPI, public: httpx.AsyncClient) -> AsyncIterator[httpx.AsyncClient]:
    """Somebody who is not on this machine, and is counted."""
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app, client=("203.0.113.77", 1)),
        base_url=public.base_url,
        headers={"Sec-Fetch-Site": "same-origin"},
    ) as client:
        yield client


async def test_too_often(
    desk: Desk, far: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = desk.settings.model_copy(update={"hall_people": 1})
    monkeypatch.setattr(desk.service, "settings", few)
    path = f"/g/{await desk.gathering()}/pitch"
    typed = fields_of(await far.get(path), **TYPED | {"title": ""})
    while (page := await far.post(path, data=typed)).status_code == 422:
        pass
    assert page.status_code == 429
    # The words are those of the header: at least as long, and not a quarter where it is a minute.
    seconds = int(page.headers["retry-after"])
    waits = {"een minuut": 60, "twee minuten": 120, "vijf minuten": 300, "tien minuten": 600}
    said = min((wait for wait in waits if waits[wait] >= seconds), key=lambda wait: waits[wait])
    assert f"Dat was te vaak. Wacht {said} en probeer het dan nog eens." in page.text
    assert fields_of(page) == typed


async def test_while_the_database_is_away(
    desk: Desk, public: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = f"/g/{await desk.gathering()}/pitch"
    typed = fields_of(await public.get(path), **TYPED)

    async def away(*_: object) -> None:
        raise ServerSelectionTimeoutError("nobody there")

    with monkeypatch.context() as patch:
        patch.setattr(gatherings, "get_public", away)
        page = await public.post(path, data=typed)
        read = await public.get(path, headers={"accept": "text/html"})
    assert (page.status_code, page.headers["retry-after"]) == (503, "2")
    assert "Dit is nog niet gelukt." in page.text
    assert fields_of(page) == typed
    assert (read.status_code, 'http-equiv="refresh"' in read.text) == (503, True)
    assert (await public.post(path, data=fields_of(page))).status_code == 303


async def test_while_the_first_one_is_still_at_work(
    desk: Desk, public: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    gathering_id = await desk.gathering()
    path, begun, go_on, submit = f"/g/{gathering_id}/pitch", *_events(), pitches.submit
    mine = {"email": new_email()}
    typed = fields_of(await public.get(path), **TYPED | mine)

    async def slowly(tx: Transaction, asked: Submission) -> Pitch | None:
        begun.set()
        await go_on.wait()
        return await submit(tx, asked)

    monkeypatch.setattr(pitches, "submit", slowly)
    first = asyncio.create_task(public.post(path, data=typed))
    await begun.wait()
    page = await public.post(path, data=typed)
    go_on.set()
    assert (await first).status_code == 303
    assert "Dit formulier wordt al verwerkt." in page.text
    assert fields_of(page) == typed
    assert (await public.post(path, data=fields_of(page))).status_code == 303
    assert len((await desk.client.get(f"/gatherings/{gathering_id}/pitches")).json()["items"]) == 1


async def test_a_key_that_was_used_before(desk: Desk, public: httpx.AsyncClient) -> None:
    path = f"/g/{await desk.gathering()}/pitch"
    typed = fields_of(await public.get(path), **TYPED)
    assert (await public.post(path, data=typed)).status_code == 303
    page = await public.post(path, data=typed | {"title": "Iets anders"})
    assert "Dit formulier is al verstuurd." in page.text
    sent = fields_of(page)
    assert sent["idempotency_key"] != typed["idempotency_key"]
    assert sent == typed | {name: sent[name] for name in ("idempotency_key", "title")}
    assert sent["title"] == "Iets anders"


async def test_an_offer_that_is_mended_keeps_its_key_and_another_one_gets_its_own(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    gathering_id = await desk.gathering()
    path, mine = f"/g/{gathering_id}/offer", await desk.attendee(gathering_id)
    await public.get(await desk.link(mine["person_id"]))
    typed = fields_of(await public.get(path), amount="veel", what="money.euro_cent")
    mended = fields_of(await public.post(path, data=typed)) | {"amount": "250"}
    assert mended == typed | {"amount": "250"}
    for _ in range(2):
        assert (await public.post(path, data=mended)).status_code == 303
    page = await public.post(path, data=mended | {"amount": "300"})
    assert "Dit formulier is al verstuurd." in page.text
    other = fields_of(page)
    assert (other["amount"], other["idempotency_key"] == mended["idempotency_key"]) == (
        "300",
        False,
    )
    assert (await public.post(path, data=other)).status_code == 303
    listed = (await desk.client.get(f"/gatherings/{gathering_id}/offers")).json()["items"]
    assert sorted(one["amount"] for one in listed) == [25_000, 30_000]


async def test_when_the_link_ran_out(desk: Desk, public: httpx.AsyncClient) -> None:
    path = f"/gatherings/{await desk.gathering()}/pitches"
    pitch = (await desk.client.post(path, json=plan_for_work())).json()
    mine = f"/me/pitches/{pitch['id']}"
    link = await desk.link(pitch["pitchers"][0])
    await public.get(link)
    typed = fields_of(await public.get(mine), title="OCTA en school")
    assert typed["needs.0.need_id"] == pitch["needs"][0]["need_id"]
    public.cookies.clear()
    page = await public.post(mine, data=typed)
    assert page.status_code == 401
    assert "Laat deze pagina open staan." in page.text
    assert fields_of(page) == typed
    await public.get(link)
    assert (await public.post(mine, data=fields_of(page))).status_code == 303
    assert "OCTA en school" in (await public.get(mine)).text


async def test_when_staff_typed_for_longer_than_they_are_signed_in(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    path = f"/staff/g/{await desk.gathering()}/portraits"
    form = await public.get(path, headers=desk.client.headers)
    typed = fields_of(form, title="Dit is Dotterbloem", summary="Zij typt lang.")
    page = await public.post(path, data=typed, headers={"accept": "text/html"})
    assert (page.status_code, fields_of(page)) == (401, typed)
    assert "/staff/renew?next=" in page.text
    sent = await public.post(path, data=fields_of(page), headers=desk.client.headers)
    assert sent.status_code == 303
    pressed = await public.post(f"{path}/x/delete", headers={"accept": "text/html"})
    assert "/staff/renew?next=" in pressed.headers["location"]


async def test_a_password_is_never_written_into_a_page(public: httpx.AsyncClient) -> None:
    page = await public.post("/me/wishes/x", data={"password": "dotterbloem", "name": "x"})
    assert page.status_code == 401
    assert "dotterbloem" not in page.text


def _events() -> tuple[asyncio.Event, asyncio.Event]:
    return asyncio.Event(), asyncio.Event()

"""Who has no e-mail opens their page with their name and the code on their letter."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from random import randrange

import httpx
import pytest_asyncio
from doorpakken_plumbing.identity.short_codes import short_code
from doorpakken_registration.settings import Settings
from fastapi import FastAPI

from services.registration.tests.component.desk import Desk
from tests.names import new_mobile, new_word

WRONG = "AAAA-BBBB"


@dataclass
class Reader:
    """Somebody with a telephone only."""

    name: str
    person_id: str
    code: str


@pytest_asyncio.fixture
async def reader(desk: Desk) -> Reader:
    name = f"Gladys {new_word()} d'Ancona"
    made = await desk.attendee(
        await desk.gathering(), name=name, email=None, phone=f"06{new_mobile()}"
    )
    person_id = made["person_id"]
    return Reader(name, person_id, short_code(desk.settings.links, person_id, 0))


@pytest_asyncio.fixture
async def public(app: FastAPI, settings: Settings) -> AsyncIterator[httpx.AsyncClient]:
    """A browser at an address that nobody else tries from."""
    machine = f"198.51.{randrange(256)}.{randrange(256)}"
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app, client=(machine, 1)),
        base_url=settings.registration_url,
        headers={"Sec-Fetch-Site": "same-origin"},
    ) as client:
        yield client


async def test_it_opens_their_own_page(reader: Reader, public: httpx.AsyncClient) -> None:
    typed = {"name": reader.name.replace("'", "’").lower(), "code": reader.code.lower()}
    answer = await public.post("/code", data=typed)
    assert (answer.status_code, answer.headers["location"].endswith("/me")) == (303, True)
    assert reader.name.split()[1] in (await public.get("/me")).text


async def test_it_opens_neither_their_data_nor_erasure(
    reader: Reader, public: httpx.AsyncClient
) -> None:
    await public.post("/code", data={"name": reader.name, "code": reader.code})
    for path in ("/me/data.html", "/me/data", "/me/erase"):
        answer = await public.get(path, headers={"accept": "text/html"})
        assert (path, answer.status_code) == (path, 403)


async def test_another_name_or_code_opens_nothing(
    desk: Desk, reader: Reader, public: httpx.AsyncClient
) -> None:
    other = await desk.attendee(await desk.gathering())
    theirs = short_code(desk.settings.links, other["person_id"], 0)
    named = (await desk.client.get(f"/persons/{other['person_id']}")).json()["name"]
    for name, code in (
        (reader.name, WRONG),
        (f"{reader.name}a", reader.code),
        ("", ""),
        (named, theirs),  # has e-mail, and so a link
    ):
        page = await public.post("/code", data={"name": name, "code": code})
        assert page.status_code == 422
        assert "Deze naam en code horen niet bij elkaar." in page.text
        assert (await public.get("/me")).status_code == 401


async def test_it_ends_with_all_their_links(
    desk: Desk, reader: Reader, public: httpx.AsyncClient
) -> None:
    await desk.client.post(f"/persons/{reader.person_id}/links/end")
    page = await public.post("/code", data={"name": reader.name, "code": reader.code})
    assert page.status_code == 422


async def test_ten_wrong_tries_pause_the_name_and_the_client(
    reader: Reader, public: httpx.AsyncClient
) -> None:
    wrong = {"name": reader.name, "code": WRONG}
    tries = [(await public.post("/code", data=wrong)).status_code for _ in range(11)]
    assert tries == [422] * 10 + [429]
    right = {"name": reader.name, "code": reader.code}
    assert (await public.post("/code", data=right)).status_code == 429
    elsewhere = {"name": new_word(), "code": WRONG}
    assert (await public.post("/code", data=elsewhere)).status_code == 429


async def test_staff_see_it(desk: Desk, reader: Reader, public: httpx.AsyncClient) -> None:
    public.headers.update(desk.client.headers)
    assert reader.code in (await public.get(f"/staff/people/{reader.person_id}")).text
    other = await desk.attendee(await desk.gathering())
    theirs = short_code(desk.settings.links, other["person_id"], 0)
    assert theirs not in (await public.get(f"/staff/people/{other['person_id']}")).text

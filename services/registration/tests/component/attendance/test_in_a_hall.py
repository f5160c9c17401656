"""A hall of people behind one address signs up within minutes; a script of one name does not."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from uuid import uuid4

import httpx
import pytest
import pytest_asyncio
from doorpakken_registration.settings import Settings
from fastapi import FastAPI

from services.registration.tests.component.accepted import accepted_pitches
from services.registration.tests.component.at_tables import table_at
from services.registration.tests.component.desk import Desk, somebody

HALL, AT_ONCE = 500, 50


@pytest_asyncio.fixture
async def hall(app: FastAPI, settings: Settings) -> AsyncIterator[httpx.AsyncClient]:
    """Everybody in it, as the internet sees them; each test has a hall of its own."""
    address = f"2001:db8:{uuid4().hex[:4]}:{uuid4().hex[:4]}::1"
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app, client=(address, 40000)),
        base_url=settings.registration_url,
        headers={"Sec-Fetch-Site": "same-origin"},
    ) as client:
        yield client


async def test_five_hundred_people_sign_up_behind_one_address(
    desk: Desk, hall: httpx.AsyncClient
) -> None:
    path = f"/api/v1/gatherings/{await desk.gathering()}/attendees"
    answers: Counter[int] = Counter()
    for _ in range(HALL // AT_ONCE):
        asking = (hall.post(path, json=somebody(f"Bezoeker {uuid4().hex}")) for _ in range(AT_ONCE))
        answers.update(one.status_code for one in await asyncio.gather(*asking))
    assert answers == {202: HALL}
    listed = await desk.client.get(path.removeprefix("/api/v1"), params={"limit": 1000})
    assert len(listed.json()["items"]) == HALL


@pytest.mark.parametrize("same", ["name", "email"])
async def test_a_script_of_one_person_is_refused(
    desk: Desk, hall: httpx.AsyncClient, same: str
) -> None:
    """By the API and by the form together."""
    gathering_id, limit = await desk.gathering(), desk.settings.same_person
    typed = {"name": "Vlug Script", "email": f"{uuid4().hex}@buurt.example"}
    answers = []
    for at in range(limit + 2):
        fresh = somebody(f"Bezoeker {uuid4().hex}") | {same: typed[same]}
        if at % 2:
            page = await hall.post(f"/g/{gathering_id}", data=fresh)
            answers.append(page.status_code)
        else:
            told = await hall.post(f"/api/v1/gatherings/{gathering_id}/attendees", json=fresh)
            answers.append(told.status_code)
    assert answers[:limit] == [202, 303] * (limit // 2)
    assert answers[limit:] == [429, 429]
    assert fresh["name"] in page.text
    # Nobody else in the hall is kept from it.
    other = somebody(f"Bezoeker {uuid4().hex}")
    path = f"/api/v1/gatherings/{gathering_id}/attendees"
    assert (await hall.post(path, json=other)).status_code == 202


async def test_whoever_types_an_address_elsewhere_keeps_its_owner_from_nothing(
    desk: Desk, hall: httpx.AsyncClient, app: FastAPI
) -> None:
    email = f"{uuid4().hex}@buurt.example"
    for _ in range(desk.settings.same_person + 1):
        last = await hall.post("/api/v1/link-requests", json={"email": email})
    assert last.status_code == 429
    owner = httpx.ASGITransport(app, client=("203.0.113.90", 40000))
    async with httpx.AsyncClient(transport=owner, base_url=hall.base_url) as client:
        asked = await client.post("/api/v1/link-requests", json={"email": email})
    assert asked.status_code == 202


async def test_wishes_of_a_hall(desk: Desk, hall: httpx.AsyncClient) -> None:
    """Eighty who say at a table what they want to work on, from one address."""
    gathering_id = await desk.gathering()
    table = await table_at(desk, gathering_id)
    chosen = await accepted_pitches(desk, gathering_id, 1)
    answers = set()
    for _ in range(80):
        body = {"name": f"Bezoeker {uuid4().hex}", "email": f"{uuid4().hex}@buurt.example"}
        path = f"/api/v1/tables/{table['code']}/wishes"
        said = await hall.post(path, json=body | {"pitch_ids": chosen})
        answers.add(said.status_code)
    assert answers == {202}

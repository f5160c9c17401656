"""Staff see the same figures on a page, in two languages, and are told when something changes."""

import asyncio
import json
from collections.abc import AsyncIterator

import httpx
import pytest_asyncio
import uvicorn
from doorpakken_plumbing.service import Service
from fastapi import FastAPI

from services.reporting.tests.component.conftest import ClientOf
from services.reporting.tests.component.world import World
from tests.probe import becomes

EVENT_SECONDS = 30

SHOWN = (
    "OCTA &amp; co",
    "Wie leidt de sessie: Wilg 1.",
    "Zegt: liever een andere tijd.",
    "1 plaats te veel bezet.",
    "15 plekken",
    "1 plek meer dan gevraagd",
    "1 keer steun wacht nog op bevestiging.",
    "1 deelnemer koos waaraan die wil werken.",
    "Zit tegen: regels in moeilijke taal.",
    "1 inzicht moet u nog bekijken.",
    "Van alle aanwezigen (3) is bekend hoe de uitnodiging aankwam.",
    "1 tot 1",
)


async def test_a_dashboard_without_anybody_says_so(world: World, client: httpx.AsyncClient) -> None:
    await world.say(world.published())
    page = (await client.get(f"/dashboard/{world.id}")).text
    for sentence in (
        "Nog niemand is aangemeld.",
        "Nog geen pitches.",
        "Nog geen behoeften.",
        "Nog geen aanbod.",
        "Nog geen steun.",
        "Nog geen wensen.",
        "Nog geen portretten.",
        "Nog geen inzichten.",
        "Nog geen sessies.",
        "Nog geen uitnodigingen.",
        "Voorbeeld: verzonnen personen en toezeggingen",
    ):
        assert sentence in page
    assert "<svg class" not in page


async def test_the_dashboard_and_its_fragment_show_the_figures(
    world: World, client: httpx.AsyncClient
) -> None:
    await world.say(
        world.published(),
        world.contact(1),
        *(world.present(n) for n in range(3)),
        world.attendee(3),
        world.pitch("OCTA & co", ("money", 750000, "euro_cent"), ("placement", 15, "place")),
        world.offer(1, "OCTA & co", 1, ("placement", 16, "place")),
        world.support("OCTA & co", "joins", "pending"),
        world.wishes(0, "OCTA & co"),
        world.portrait("Gladys"),
        world.insight(1, "Gladys", "approved"),
        world.insight(2, "Gladys", "pending"),
        world.session("OCTA & co", 1),
        world.host("OCTA & co", "other_slot"),
        world.plan(3, 1),
        *world.invited([0, 1]),
        *world.on_paper([2]),
        world.joined(0, "OCTA & co"),
        world.held(1, "OCTA & co"),
        world.answer(0, "accepted"),
    )
    page = (await client.get(f"/dashboard/{world.id}")).text
    fragment = (await client.get(f"/dashboard/{world.id}/fragment")).text
    assert "<html" in page
    assert "<html" not in fragment
    assert page.count('<svg class="chart"') == 2
    for text in SHOWN:
        assert text in page
        assert text in fragment
    assert "7.500" in page
    english = (await client.get(f"/dashboard/{world.id}?lang=en")).text
    assert "Work sessions" in english
    assert "Friday 6 October 2023, 15:00–18:00" in english


async def test_gatherings_are_listed_for_those_who_may_see_them(
    world: World, client_of: ClientOf
) -> None:
    await world.say(world.published(title="Alleen voor hen"))
    async with client_of({world.id: "reader"}) as theirs, client_of({"another": "reader"}) as not_:
        assert "Alleen voor hen" in (await theirs.get("/")).text
        assert "Nog geen bijeenkomst." in (await not_.get("/")).text
        assert (await not_.get(f"/dashboard/{world.id}")).status_code == 403
        assert (await not_.get(f"/dashboard/{world.id}/live")).status_code == 403


async def test_a_browser_that_is_not_signed_in_is_sent_to_renew(
    client: httpx.AsyncClient, service: Service
) -> None:
    del client.headers["authorization"]
    answer = await client.get("/dashboard/g-1", headers={"accept": "text/html"})
    assert answer.status_code == 303
    assert answer.headers["location"].startswith(
        f"{service.settings.registration_url}/staff/renew?next="
    )


async def test_styles_and_scripts_are_served_without_signing_in(client: httpx.AsyncClient) -> None:
    del client.headers["authorization"]
    for name in ("doorpakken.css", "live.js"):
        assert (await client.get(f"/static/{name}")).status_code == 200


@pytest_asyncio.fixture
async def address(app: FastAPI) -> AsyncIterator[str]:
    """Where the running service answers over a socket: a stream cannot be read without one."""
    server = uvicorn.Server(uvicorn.Config(app, port=0, lifespan="off", log_config=None))
    serving = asyncio.create_task(server.serve())

    async def has_started() -> bool:
        return server.started

    await becomes(has_started, True)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    server.force_exit = True
    await serving


async def read_until(lines: AsyncIterator[str], wanted: str) -> None:
    async with asyncio.timeout(EVENT_SECONDS):
        async for line in lines:
            if line == wanted:
                return
    raise AssertionError(f"the stream ended without {wanted}")


async def test_an_open_dashboard_is_told_of_a_change(
    world: World, client: httpx.AsyncClient, address: str
) -> None:
    headers = {"authorization": client.headers["authorization"]}
    path = f"{address}/dashboard/{world.id}/live"
    async with (
        httpx.AsyncClient(headers=headers) as browser,
        browser.stream("GET", path) as answer,
    ):
        assert answer.headers["content-type"].startswith("text/event-stream")
        lines = answer.aiter_lines()
        await read_until(lines, "event: ready")
        await world.say(world.published())
        told = json.dumps({"collection": "gathering", "id": world.id})
        await read_until(lines, f"data: {told}")

"""Every route of reporting answers each kind of caller as the table says."""

import httpx
from doorpakken_local.system import System
from fastapi import FastAPI

from services.reporting.tests.component.world import World as Story
from tests.access import World, misjudged, misplaced


def test_every_route_has_one_need(app: FastAPI) -> None:
    assert misplaced(app, "reporting") == []


async def test_everybody_is_answered_as_the_table_says(
    app: FastAPI, infrastructure: System, world: Story
) -> None:
    await world.say(world.published())
    ids = {"gathering_id": world.id, "path": "doorpakken.css", "message_id": "none"}
    key = infrastructure.surroundings.credentials.staff_private_key.get_secret_value()
    transport, url = httpx.ASGITransport(app), "http://reporting.example"
    async with httpx.AsyncClient(transport=transport, base_url=url) as client:
        asked = World(app, client, key, [world.id], ids)
        assert await misjudged(asked, "reporting") == []

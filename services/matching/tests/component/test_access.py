"""Every route of matching answers each kind of caller as the table says."""

import httpx
from doorpakken_local.system import System
from fastapi import FastAPI

from services.matching.tests.component.gathering import Gathering
from tests.access import World, misjudged, misplaced


def test_every_route_has_one_need(app: FastAPI) -> None:
    assert misplaced(app, "matching") == []


async def test_everybody_is_answered_as_the_table_says(
    app: FastAPI, infrastructure: System, gathering: Gathering
) -> None:
    await gathering.prepare()
    plan = await gathering.plan()
    assert (await gathering.publish(plan)).status_code == 200
    [session] = await gathering.sessions()
    ids = {
        "gathering_id": gathering.id,
        "run_id": plan["run_id"],
        "session_id": session["id"],
        "change": "cancel",
        "room_id": session["room_id"],
        "slot_id": session["slot_id"],
        "path": "doorpakken.css",
        "message_id": "none",
    }
    key = infrastructure.surroundings.credentials.staff_private_key.get_secret_value()
    transport, url = httpx.ASGITransport(app), "http://matching.example"
    async with httpx.AsyncClient(transport=transport, base_url=url) as client:
        world = World(app, client, key, [gathering.id], ids)
        assert await misjudged(world, "matching") == []

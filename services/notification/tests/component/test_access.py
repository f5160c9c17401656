"""Every route of notification answers each kind of caller as the table says."""

import httpx
from doorpakken_local.system import System
from doorpakken_plumbing.service import Service
from fastapi import FastAPI

from services.notification.tests.component.gathering import Gathering
from services.notification.tests.component.saying import say
from tests.access import World, misjudged, misplaced
from tests.probe import eventually


def test_every_route_has_one_need(app: FastAPI) -> None:
    assert misplaced(app, "notification") == []


async def test_everybody_is_answered_as_the_table_says(
    app: FastAPI, service: Service, infrastructure: System, gathering: Gathering
) -> None:
    wrong = gathering.contact("kwame", email="kwame@@post")
    await say(service, *gathering.told("gladys"), wrong, gathering.link("kwame"))
    wanted = {"_id": f"personal_link:{gathering.id}-kwame-registered", "state": "stopped"}
    apart = await eventually(lambda: service.mongo["mails"].find_one(wanted), bool)
    assert apart
    ids = {
        "gathering_id": gathering.id,
        "wave_id": gathering.run,
        "mail_id": apart["mail_id"],
        "verb": "drop",
        "language": "nl",
        "token": "k.none",
        "path": "doorpakken.css",
        "message_id": "none",
    }
    key = infrastructure.surroundings.credentials.staff_private_key.get_secret_value()
    url = service.settings.notification_url
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=url) as client:
        world = World(app, client, key, [gathering.id], ids)
        assert await misjudged(world, "notification") == []

"""Who is erased is counted and named nowhere; an older event does not fill them in again."""

from typing import Any

import httpx
from doorpakken_events.erasure import PersonErased
from doorpakken_plumbing.mongo.database import Mongo
from doorpakken_plumbing.time import clock
from doorpakken_reporting.rebuild import AGGREGATES

from services.reporting.tests.component.world import World


async def naming(mongo: Mongo, *words: str) -> list[str]:
    """The read models in whose data one of these words stands."""
    return [
        name
        for name in AGGREGATES
        for one in await mongo[name].find({})
        if any(word in repr(one["data"]) for word in words)
    ]


async def figures(client: httpx.AsyncClient, world: World) -> dict[str, Any]:
    found: dict[str, Any] = (await client.get(f"/api/v1/gatherings/{world.id}/figures")).json()
    return found


async def test_who_is_erased_is_in_no_read_model(client: httpx.AsyncClient, world: World) -> None:
    mongo, person, attendee = world.service.mongo, f"{world.id}-p1", f"{world.id}-a1"
    told = [
        world.published(),
        world.contact(1),
        *(world.present(n) for n in range(3)),
        world.pitch("OCTA", ("placement", 15, "place")),
        world.session("OCTA", 10),
        *(world.joined(n, "OCTA") for n in range(3)),
        *(world.wishes(n, "OCTA") for n in range(3)),
        *world.invited(range(3)),
    ]
    await world.say(*told)
    assert {"contact", "attendee", "sign-up", "wishes"} <= {*await naming(mongo, person, attendee)}
    before = await figures(client, world)
    await world.say((PersonErased(person_id=person, erased_at=clock.now()), 1))
    # The topics are read again, as after a crash, with the oldest first.
    await world.say(*told)
    assert await naming(mongo, person, attendee, "Wilg 1") == []
    after = await figures(client, world)
    assert (before["checked_in"], after["checked_in"]) == (3, 2)
    said = await mongo["outbox"].find({"topic": "erasure-confirmed"})
    assert person.encode() in said[-1]["payload"]


async def test_tombstones_alone_do_it_too(client: httpx.AsyncClient, world: World) -> None:
    mongo, attendee = world.service.mongo, f"{world.id}-a1"
    present, version = world.present(1)
    await world.say(world.published(), (present, version))
    await world.say_gone(present, version + 1)
    await world.say((present, version))
    assert await naming(mongo, attendee) == []


async def test_whose_a_request_was_is_not_kept(world: World) -> None:
    await world.say(world.link_request(1))
    assert await naming(world.service.mongo, f"{world.id}-p1") == []

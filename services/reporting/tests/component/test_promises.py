"""Promises as registration tells of them: the funnel follows the newest states, whatever was said
twice or late, and keeps the amount when its owner is erased."""

import random
from datetime import timedelta
from typing import Any

import httpx
from doorpakken_events.erasure import PersonErased
from doorpakken_plumbing.time import clock

from services.reporting.tests.component.promised import promise
from services.reporting.tests.component.test_figures import figures_of
from services.reporting.tests.component.world import START, Said, World

ACCEPTED: dict[str, Any] = {"state": "accepted", "accepted_at": START + timedelta(days=20)}
DONE: dict[str, Any] = ACCEPTED | {
    "state": "delivered",
    "delivered_amount": 15,
    "delivered_at": START + timedelta(days=25),
}


def _told(world: World) -> list[Said]:
    """Needs of 15 and 8: one is done in full, of the other something was written down."""
    return [
        world.published(),
        world.pitch("OCTA", ("placement", 15, "place"), ("placement", 8, "place")),
        world.offer(1, "OCTA", 0, ("placement", 4, "place")),
        promise(world, 1, "OCTA", 0, 15),
        promise(world, 1, "OCTA", 0, 15, 2, **ACCEPTED),
        promise(world, 1, "OCTA", 0, 15, 3, **DONE),
        promise(world, 2, "OCTA", 1, 3),
    ]


def _funnel(figures: dict[str, Any]) -> tuple[list[int], list[int]]:
    return figures["funnel"], figures["funnel_full"]


async def test_said_in_any_order_and_twice_the_funnel_is_the_same(
    world: World, client: httpx.AsyncClient
) -> None:
    said = _told(world)
    random.Random(20231026).shuffle(said)
    await world.say(*said, *said)
    figures = await figures_of(client, world)
    assert _funnel(figures) == ([2, 1, 1, 1, 0], [2, 1, 1, 1, 0])
    assert figures["promises_by_state"] == {"delivered": 1, "proposed": 1}
    assert figures["days_per_step"] == {"promised": 20.0, "done": 5.0, "confirmed": None}
    first, second = figures["need_list"]
    assert (first["committed"], first["delivered"], first["status"]) == (15, 15, "covered")
    assert (second["to_promise"], second["status"]) == (8, "open")
    page = (await client.get(f"/dashboard/{world.id}")).text
    for words in ("Van vraag tot bevestigd", "Begonnen", "Helemaal", "Dagen per stap"):
        assert words in page


async def test_who_is_erased_leaves_the_amount_they_gave(
    world: World, client: httpx.AsyncClient
) -> None:
    await world.say(*_told(world))
    owner = f"{world.id}-p1"
    done, version = promise(world, 1, "OCTA", 0, 15, 3, **DONE)
    await world.say_gone(done, version + 1)
    blank = DONE | {"person_id": None, "what": ""}
    await world.say(promise(world, 1, "OCTA", 0, 15, version + 2, **blank))
    await world.say((PersonErased(person_id=owner, erased_at=clock.now()), 1))
    assert _funnel(await figures_of(client, world)) == ([2, 1, 1, 1, 0], [2, 1, 1, 1, 0])
    kept = await world.service.mongo["commitment"].find({"data.gathering_id": world.id})
    assert [owner in repr(one) for one in kept] == [False, False]


async def test_what_moves_to_another_organisation_counts_there(
    world: World, client: httpx.AsyncClient
) -> None:
    old, new = f"{world.id}-old", f"{world.id}-new"
    await world.say(*_told(world), promise(world, 3, "OCTA", 1, 8, **ACCEPTED, organisation_id=old))
    await world.say(promise(world, 3, "OCTA", 1, 8, 2, **ACCEPTED, organisation_id=new))
    figures = await figures_of(client, world)
    partners = [(one["organisation_id"], one["funnel"]) for one in figures["funnel_by_partner"]]
    assert partners == [(new, [1, 1, 1, 0, 0])]


async def test_gatherings_and_themes_stand_beside_each_other(
    world: World, client: httpx.AsyncClient
) -> None:
    theme = f"Werk {world.id}"
    await world.say(*_told(world)[1:], world.published(theme=theme))
    found = (await client.get("/api/v1/funnels")).json()
    begun = [2, 1, 1, 1, 0]
    here = [one for one in found["gatherings"] if one["gathering_id"] == world.id]
    assert [(one["theme"], one["funnel"]) for one in here] == [(theme, begun)]
    assert [one["funnel"] for one in found["themes"] if one["theme"] == theme] == [begun]
    page = (await client.get("/")).text
    assert "Aantal behoeften per thema" in page
    assert theme in page

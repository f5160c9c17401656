"""The read models can be thrown away: the topics have all that is needed to make them again."""

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from doorpakken_events.catalogue import heard_by, said_by
from doorpakken_local.system import System
from doorpakken_plumbing.kafka.admin import ensure_topics
from doorpakken_plumbing.mongo.database import Mongo
from doorpakken_plumbing.service import Service
from doorpakken_reporting.figures import Figures, count
from doorpakken_reporting.main import create_app
from doorpakken_reporting.rebuild import AGGREGATES, StillRunning, forget
from doorpakken_reporting.settings import Settings
from doorpakken_reporting.store import find_picture

from services.reporting.tests.component.promised import promise
from services.reporting.tests.component.world import START, World
from tests.probe import becomes

PREFIX = "rebuilt-"
GONE = 20  # somebody who was erased: read again from the topics, they stay away


@pytest.fixture
async def settings(
    environment_of: Callable[[str], Awaitable[dict[str, str]]],
    infrastructure: System,
    tmp_path: Path,
) -> Settings:
    """Another reporting, on topics that no other reads; Kafka soon forgets that it ran."""
    topics = {topic.name: topic for topic in (*said_by("reporting"), *heard_by("reporting"))}
    kafka = infrastructure.access.kafka
    await ensure_topics(kafka, topics.values(), partitions=3, topic_prefix=PREFIX)
    environment = await environment_of("reporting")
    lower = {name.lower(): value for name, value in environment.items()}
    own = {"topic_prefix": PREFIX, "mongodb_database": "reporting_rebuilt", "data_dir": tmp_path}
    return Settings.model_validate(lower | own | {"kafka_session_seconds": 6})


async def figures_of(mongo: Mongo, gathering_id: str) -> Figures:
    picture = await find_picture(mongo, gathering_id)
    assert picture is not None
    return count(picture, START.date())


async def test_rebuilt_from_the_topics_the_figures_are_the_same(settings: Settings) -> None:
    first = create_app(settings)
    async with first.router.lifespan_context(first):
        service: Service = first.state.service
        world = World("g-rebuilt", service)
        await world.say(
            world.published(),
            *(world.attendee(n) for n in range(20)),
            *(world.present(n) for n in range(15)),
            world.pitch("OCTA", ("placement", 15, "place")),
            promise(world, 1, "OCTA", 0, 4, state="accepted", accepted_at=START),
            promise(world, 2, "OCTA", 0, 3),
            world.session("OCTA", 10),
            *(world.joined(n, "OCTA") for n in range(4)),
            world.contact(GONE),
            world.attendee(GONE),
        )
        contact, version = world.contact(GONE)
        await world.say_gone(contact, version + 1)
        await world.say_gone(world.attendee(GONE)[0], 2)
        before = await figures_of(service.mongo, world.id)
        with pytest.raises(StillRunning):
            await forget(settings.model_copy(update={"kafka_session_seconds": 0.5}), service.mongo)
        assert await figures_of(service.mongo, world.id) == before
    mongo = Mongo(settings.mongodb_uri.get_secret_value(), settings.mongodb_database, settings)
    await forget(settings, mongo)
    assert sum([await mongo[name].count({}) for name in AGGREGATES]) == 0
    mongo.close()
    second = create_app(settings)
    async with second.router.lifespan_context(second):
        service, theirs = second.state.service, {"data.gathering_id": world.id}
        await becomes(lambda: service.mongo["sign-up"].count(theirs), 4, seconds=60)
        await World(world.id, service).heard()
        assert await figures_of(service.mongo, world.id) == before
        for aggregate in ("contact", "attendee"):
            gone = {"_id": {"$in": [f"{world.id}-p{GONE}", f"{world.id}-a{GONE}"]}}
            assert [one["data"] for one in await service.mongo[aggregate].find(gone)] == [None]
    assert (before.attendees, before.checked_in, before.seats) == (20, 15, 4)
    assert (before.funnel, before.promises) == ([1, 1, 1, 0, 0], 2)

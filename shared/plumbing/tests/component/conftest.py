"""Two services of the plumbing alone, on the real Kafka and MongoDB: one says, the other hears."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from typing import Any
from uuid import uuid4

import pytest
import pytest_asyncio
from doorpakken_plumbing.app import create_app
from doorpakken_plumbing.mongo.database import Mongo
from doorpakken_plumbing.service import Parts, Service
from doorpakken_plumbing.settings import ServiceSettings

from tests.probe import comes_true

JOIN_SECONDS = 60

StartService = Callable[..., Awaitable[Service]]


@pytest_asyncio.fixture(scope="session")
async def environment(
    environment_of: Callable[[str], Awaitable[dict[str, str]]],
) -> dict[str, str]:
    """The environment of matching, whose topics everybody in these tests shares."""
    return await environment_of("matching")


@pytest.fixture
def settings_of(environment: dict[str, str]) -> Callable[..., ServiceSettings]:
    """Settings of a service with a database of its own in this test."""
    database = f"plumbing_{uuid4().hex[:8]}"

    def make(service: str, **more: Any) -> ServiceSettings:
        lower: dict[str, Any] = {name.lower(): value for name, value in environment.items()}
        lower |= {"mongodb_database": f"{database}_{service}"}
        instance = more.pop("instance", "1")
        usual = {"service": service, "instance": instance, "kafka_session_seconds": 6}
        return ServiceSettings(**(lower | usual | more))

    return make


@pytest_asyncio.fixture
async def start(settings_of: Callable[..., ServiceSettings]) -> AsyncIterator[StartService]:
    """Starts a service with some parts and waits until it reads; all are stopped after the test."""
    async with AsyncExitStack() as stack:

        async def make(service: str, parts: Parts | None = None, **more: Any) -> Service:
            app = create_app(settings_of(service, **more), parts or Parts())
            await stack.enter_async_context(app.router.lifespan_context(app))
            started: Service = app.state.service
            # A member that an earlier test left without a word is waited for, one after another.
            await comes_true(lambda: started.consumer.why_not_ready() is None, JOIN_SECONDS)
            return started

        yield make


@pytest.fixture
def mongo(settings_of: Callable[..., ServiceSettings]) -> Mongo:
    """A database of this test alone."""
    settings = settings_of("registration")
    return Mongo(settings.mongodb_uri.get_secret_value(), settings.mongodb_database, settings)

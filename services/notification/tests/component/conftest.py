"""Notification on the real MongoDB and mailbox, with a database of each test's own; and once as a
whole, with Kafka and its HTTP door."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest
import pytest_asyncio
from doorpakken_local.system import System
from doorpakken_notification.main import create_app
from doorpakken_notification.settings import Settings
from doorpakken_plumbing.identity.staff import Staff, sign_token
from doorpakken_plumbing.service import Service
from doorpakken_plumbing.time import clock
from fastapi import FastAPI

from services.notification.tests.component.desk import Desk
from services.notification.tests.component.gathering import Gathering
from tests.emptied import empty

THAT_SUNDAY = datetime(2023, 10, 8, 9, tzinfo=UTC)
EnvironmentOf = Callable[[str], Awaitable[dict[str, str]]]
OpenDesk = Callable[..., Awaitable[Desk]]
ClientOf = Callable[[dict[str, str]], httpx.AsyncClient]


@pytest_asyncio.fixture(scope="session")
async def environment(environment_of: EnvironmentOf) -> dict[str, str]:
    """The variables of notification in these tests."""
    return await environment_of("notification")


@pytest_asyncio.fixture
async def open_desk(
    environment: dict[str, str], infrastructure: System, tmp_path: Path
) -> AsyncIterator[OpenDesk]:
    """Opens desks; those of one test share a data folder and a database, empty at first."""
    # The days of the story: a mail of today says no year, and nothing in it is over yet.
    clock_file = Path(environment["DATA_DIR"]) / "clock"
    offset = int((THAT_SUNDAY - clock.real_now()).total_seconds())
    clock_file.write_text(str(offset), encoding="ascii")
    clock.set_offset(offset, allowed=True)
    lower: dict[str, Any] = {name.lower(): value for name, value in environment.items()}
    own = {"mongodb_database": "notification_at_hand", "data_dir": tmp_path}
    own |= {"partnership_phone": "020 555 0100"}
    quick = {
        "mail_poll_seconds": 0.05,
        "smtp_timeout_seconds": 2,
        "parent_wait_seconds": 0.2,
        "mail_gather_seconds": 0.3,
        "gathering_gather_seconds": 0.3,
        "reminders_gather_seconds": 0.3,
    }
    async with AsyncExitStack() as stack:

        async def make(**more: Any) -> Desk:
            settings = Settings.model_validate(lower | own | quick | more)
            desk = Desk(settings, infrastructure.access.mailbox_url or "")
            await desk.open()
            stack.push_async_callback(desk.close)
            return desk

        yield make
        await empty((await make()).mongo)
    clock_file.unlink()
    clock.set_offset(0, allowed=True)


@pytest_asyncio.fixture
async def desk(open_desk: OpenDesk) -> Desk:
    """A notification of this test alone."""
    return await open_desk()


@pytest.fixture
def gathering() -> Gathering:
    """A gathering of this test alone."""
    return Gathering()


@pytest_asyncio.fixture(scope="module")
async def app(
    environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[FastAPI]:
    """The whole service, on a database of this module's own."""
    folder: Path = tmp_path_factory.mktemp("notification")
    lower: dict[str, Any] = {name.lower(): value for name, value in environment.items()}
    own = {
        "mongodb_database": f"notification_{uuid4().hex[:8]}",
        "data_dir": folder,
        "gathering_gather_seconds": 0,
    }
    app = create_app(Settings.model_validate(lower | own))
    async with app.router.lifespan_context(app):
        yield app


@pytest.fixture
def service(app: FastAPI) -> Service:
    """The service behind the app."""
    running: Service = app.state.service
    return running


@pytest.fixture
def client_of(app: FastAPI, service: Service, infrastructure: System) -> ClientOf:
    """Gives a client for staff with these roles; without any nobody is signed in."""
    key = infrastructure.surroundings.credentials.staff_private_key.get_secret_value()

    def make(roles: dict[str, str]) -> httpx.AsyncClient:
        token = sign_token(key, Staff(staff_id="staff-1", roles=roles, session_id="session-1"))
        return httpx.AsyncClient(
            transport=httpx.ASGITransport(app),
            base_url=service.settings.notification_url,
            headers={"Authorization": f"Bearer {token}"} if roles else {},
        )

    return make

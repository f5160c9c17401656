"""Reporting in the test's own process, on the real Kafka and MongoDB, and the others to hear."""

from collections.abc import AsyncIterator, Awaitable, Callable
from uuid import uuid4

import httpx
import pytest
import pytest_asyncio
from doorpakken_local.system import System
from doorpakken_plumbing.identity.staff import Staff, sign_token
from doorpakken_plumbing.service import Service
from doorpakken_reporting.main import create_app
from doorpakken_reporting.settings import Settings
from fastapi import FastAPI

from services.reporting.tests.component.world import World

ClientOf = Callable[[dict[str, str]], httpx.AsyncClient]


@pytest_asyncio.fixture(scope="session")
async def settings(
    environment_of: Callable[[str], Awaitable[dict[str, str]]],
) -> Settings:
    """What the service is told."""
    environment = await environment_of("reporting")
    lower = {name.lower(): value for name, value in environment.items()}
    return Settings.model_validate(lower | {"example_data": True})


@pytest_asyncio.fixture(scope="session")
async def app(settings: Settings) -> AsyncIterator[FastAPI]:
    """The running service."""
    app = create_app(settings)
    async with app.router.lifespan_context(app):
        yield app


@pytest.fixture
def service(app: FastAPI) -> Service:
    """The service behind the app."""
    running: Service = app.state.service
    return running


@pytest.fixture
def client_of(app: FastAPI, infrastructure: System) -> ClientOf:
    """Gives a client for staff with these roles."""
    key = infrastructure.surroundings.credentials.staff_private_key.get_secret_value()

    def make(roles: dict[str, str]) -> httpx.AsyncClient:
        staff = Staff(staff_id="staff-1", roles=roles, session_id="session-1")
        return httpx.AsyncClient(
            transport=httpx.ASGITransport(app),
            base_url="http://reporting.example",
            headers={"Authorization": f"Bearer {sign_token(key, staff)}"},
        )

    return make


@pytest_asyncio.fixture
async def client(client_of: ClientOf) -> AsyncIterator[httpx.AsyncClient]:
    """A reader of every gathering."""
    async with client_of({"*": "reader"}) as client:
        yield client


@pytest.fixture
def world(service: Service) -> World:
    """A gathering of this test alone, not yet said."""
    return World(f"g-{uuid4().hex[:12]}", service)

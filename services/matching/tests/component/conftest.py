"""Matching in the test's own process, on the real Kafka and MongoDB, and a registration to hear."""

from collections.abc import AsyncIterator, Awaitable, Callable
from uuid import uuid4

import httpx
import pytest
import pytest_asyncio
from doorpakken_local.system import System
from doorpakken_matching.main import create_app
from doorpakken_matching.settings import Settings
from doorpakken_plumbing.identity.staff import Staff, sign_token
from doorpakken_plumbing.service import Service
from fastapi import FastAPI

from services.matching.tests.component.gathering import Gathering
from tests.amounts import amount

# As many as one run may plan.
PEOPLE_MAX = amount(usual=500, full=1500)


@pytest_asyncio.fixture(scope="session")
async def app(
    environment_of: Callable[[str], Awaitable[dict[str, str]]],
) -> AsyncIterator[FastAPI]:
    """The running service; unknown gatherings are not waited for long."""
    environment = await environment_of("matching")
    lower = {name.lower(): value for name, value in environment.items()}
    quick = {"gathering_wait_seconds": 0.2, "people_max": PEOPLE_MAX}
    app = create_app(Settings.model_validate(lower | quick))
    async with app.router.lifespan_context(app):
        yield app


@pytest.fixture
def service(app: FastAPI) -> Service:
    """The service behind the app."""
    running: Service = app.state.service
    return running


ClientOf = Callable[[dict[str, str]], httpx.AsyncClient]


@pytest.fixture
def client_of(app: FastAPI, infrastructure: System) -> ClientOf:
    """Gives a client for staff with these roles."""
    key = infrastructure.surroundings.credentials.staff_private_key.get_secret_value()

    def make(roles: dict[str, str]) -> httpx.AsyncClient:
        staff = Staff(staff_id="staff-1", roles=roles, session_id="session-1")
        return httpx.AsyncClient(
            transport=httpx.ASGITransport(app),
            base_url="http://matching.example/api/v1",
            headers={"Authorization": f"Bearer {sign_token(key, staff)}"},
        )

    return make


@pytest_asyncio.fixture
async def client(client_of: ClientOf) -> AsyncIterator[httpx.AsyncClient]:
    """An organiser of every gathering."""
    async with client_of({"*": "organiser"}) as client:
        yield client


@pytest.fixture
def gathering(service: Service, client: httpx.AsyncClient) -> Gathering:
    """A gathering of this test alone, not yet said."""
    return Gathering(f"g-{uuid4()}", service, client)

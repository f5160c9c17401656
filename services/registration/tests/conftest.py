"""Registration in the test's own process, on the real Kafka and MongoDB, and people who use it."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from urllib.parse import urlsplit

import httpx
import pytest
import pytest_asyncio
import uvicorn
from doorpakken_plumbing.identity.staff import Staff, sign_token
from doorpakken_plumbing.service import Service
from doorpakken_registration.main import create_app
from doorpakken_registration.settings import Settings
from fastapi import FastAPI

from services.registration.tests.component.desk import Desk
from tests.probe import becomes


@pytest_asyncio.fixture(scope="session")
async def app(
    environment_of: Callable[[str], Awaitable[dict[str, str]]],
) -> AsyncIterator[FastAPI]:
    """The running service."""
    environment = await environment_of("registration")
    app = create_app(
        Settings.model_validate({name.lower(): value for name, value in environment.items()})
    )
    async with app.router.lifespan_context(app):
        yield app


@pytest.fixture
def service(app: FastAPI) -> Service:
    """The service behind the app."""
    running: Service = app.state.service
    return running


@pytest.fixture
def settings(app: FastAPI) -> Settings:
    """What the service was told."""
    told: Settings = app.state.settings
    return told


@pytest_asyncio.fixture
async def public(app: FastAPI, settings: Settings) -> AsyncIterator[httpx.AsyncClient]:
    """Anybody, with a browser that says where its forms come from."""
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app),
        base_url=settings.registration_url,
        headers={"Sec-Fetch-Site": "same-origin"},
    ) as client:
        yield client


@pytest_asyncio.fixture
async def desk(app: FastAPI, settings: Settings, service: Service) -> AsyncIterator[Desk]:
    """An organiser at work."""
    staff = Staff("staff-1", {"*": "organiser"}, "session-1")
    token = sign_token(settings.staff_private_key.get_secret_value(), staff)
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app),
        base_url=f"{settings.registration_url}/api/v1",
        headers={"Authorization": f"Bearer {token}"},
    ) as client:
        yield Desk(client, service, settings)


@pytest_asyncio.fixture
async def address(app: FastAPI, settings: Settings) -> AsyncIterator[str]:
    """Where the service of the test's process answers browsers."""
    parts = urlsplit(settings.registration_url)
    port = parts.port or 80
    # The app runs already; a second lifespan would start its tasks twice.
    server = uvicorn.Server(
        uvicorn.Config(app, host="127.0.0.1", port=port, lifespan="off", log_config=None)
    )

    async def has_started() -> bool:
        return server.started

    serving = asyncio.create_task(server.serve())
    await becomes(has_started, True)
    yield settings.registration_url
    server.should_exit = True
    await serving

"""An app furnished as every service is, with no database behind it."""

import json
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from types import SimpleNamespace

import httpx
import pytest
from doorpakken_plumbing.http.middleware import install_middleware
from doorpakken_plumbing.identity.revocations import Revocations
from doorpakken_plumbing.identity.staff import StaffDoor
from doorpakken_plumbing.mongo.database import Mongo
from doorpakken_plumbing.settings import ServiceSettings
from fastapi import FastAPI
from joserfc.jwk import OKPKey

NOBODY = "mongodb://127.0.0.1:1/?serverSelectionTimeoutMS=50"


@pytest.fixture(scope="session")
def staff_key() -> OKPKey:
    """The key pair that registration signs staff tokens with."""
    return OKPKey.generate_key("Ed25519")


@pytest.fixture
def make_settings(tmp_path: Path, staff_key: OKPKey) -> Callable[..., ServiceSettings]:
    """Settings of one instance; keyword arguments replace the usual ones."""

    def make(**given: object) -> ServiceSettings:
        usual = {
            "service": "registration",
            "data_dir": tmp_path,
            "mongodb_uri": NOBODY,
            "mongodb_selection_seconds": 0.05,
            "kafka_bootstrap": "127.0.0.1:1",
            "kafka_password": "not-a-secret",
            "staff_public_key": json.dumps(staff_key.as_dict(private=False)),
            "registration_url": "http://127.0.0.1:8401",
            "matching_url": "http://127.0.0.1:8402",
            "notification_url": "http://127.0.0.1:8403",
            "reporting_url": "http://127.0.0.1:8404",
        }
        return ServiceSettings.model_validate(usual | given)

    return make


@pytest.fixture
def make_app(make_settings: Callable[..., ServiceSettings]) -> Callable[..., FastAPI]:
    """An app with the furniture of a service, and nothing that answers behind it."""

    def make(**given: object) -> FastAPI:
        settings = make_settings(**given)
        app = FastAPI()
        install_middleware(app, settings)
        mongo = Mongo(NOBODY, "registration", settings)
        door = StaffDoor(settings.staff_public_key, Revocations(mongo))
        app.state.settings = settings
        app.state.service = SimpleNamespace(settings=settings, staff=door, has_started=True)
        return app

    return make


@pytest.fixture
async def visit() -> AsyncIterator[Callable[..., httpx.AsyncClient]]:
    """Clients of apps, closed at the end of the test."""
    clients: list[httpx.AsyncClient] = []

    def open_client(app: FastAPI, address: str = "203.0.113.9") -> httpx.AsyncClient:
        transport = httpx.ASGITransport(app, client=(address, 40000))
        clients.append(httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8401"))
        return clients[-1]

    yield open_client
    for client in clients:
        await client.aclose()

"""Where Kafka and MongoDB come from: servers of the user's own, containers, or a clear refusal."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
import pytest_asyncio
from doorpakken_events.catalogue import SERVICES
from doorpakken_local import credentials, mongod
from doorpakken_local.folder import DataFolder
from doorpakken_local.infrastructure import PARTITIONS, Infrastructure, NotConfigured
from doorpakken_local.mongod import NoEmbeddedMongod
from doorpakken_local.ports import Ports
from doorpakken_local.processes import Processes
from doorpakken_local.system import System, silent
from doorpakken_plumbing.kafka.records import Login
from doorpakken_plumbing.kafka.setup import prepare
from doorpakken_plumbing.mongo import admin as mongo_admin
from pymongo import AsyncMongoClient

from deploy.local.tests.reach import reach_of


def infrastructure_with(folder: Path, environ: dict[str, str]) -> Infrastructure:
    data = DataFolder(folder)
    data.make()
    made = credentials.find_or_make(data)
    return Infrastructure(data, Ports(9000), made, Processes(), environ, AsyncExitStack())


@pytest_asyncio.fixture
async def theirs(infrastructure: System) -> AsyncIterator[System]:
    """The servers of the session, which have the passwords of their own services again later."""
    yield infrastructure
    access = infrastructure.access
    kafka = {name: access.credentials.kafka[name] for name in SERVICES}
    await prepare(access.kafka, kafka, partitions=PARTITIONS)
    mongodb = {name: access.credentials.mongodb[name] for name in SERVICES}
    await mongo_admin.ensure_users(access.mongodb_admin_uri, mongodb)


async def test_servers_of_the_users_own_are_prepared_and_nothing_is_started(
    tmp_path: Path, theirs: System
) -> None:
    ours = infrastructure_with(
        tmp_path,
        {
            "KAFKA_BOOTSTRAP": theirs.access.kafka.bootstrap,
            "KAFKA_USERNAME": theirs.access.kafka.username,
            "KAFKA_PASSWORD": theirs.access.kafka.password,
            "MONGODB_URI": theirs.access.mongodb_admin_uri,
            "SMTP_URL": theirs.access.smtp_url,
        },
    )
    assert ours.ports_used() == {}
    access = await ours.start(silent)
    assert ours.processes.list() == []
    assert access.mailbox_url is None

    password = access.credentials.kafka["matching"].get_secret_value()
    login = Login(access.kafka.bootstrap, "matching", password)
    assert "plan-published" in (await reach_of(login.options(), ())).writes
    async with AsyncMongoClient[dict[str, object]](access.mongodb_uri("matching")) as client:
        assert await client["matching"]["rights"].find_one({}) is None


async def test_a_server_without_a_way_in_is_refused(tmp_path: Path) -> None:
    ours = infrastructure_with(tmp_path, {"KAFKA_BOOTSTRAP": "127.0.0.1:1", "SMTP_URL": "smtp://x"})
    with pytest.raises(NotConfigured, match="KAFKA_USERNAME"):
        await ours.start(silent)
    await ours.processes.stop_all(silent)


async def test_a_platform_without_mongod_is_told_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mongod, "find_spec", lambda _name: None)
    monkeypatch.setenv("DOCKER_HOST", "tcp://127.0.0.1:1")
    ours = infrastructure_with(tmp_path, {"SMTP_URL": "smtp://x"})
    with pytest.raises(NoEmbeddedMongod, match="MONGODB_URI"):
        await ours.start(silent)
    await ours.processes.stop_all(silent)


async def test_containers_without_docker_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DOCKER_HOST", "tcp://127.0.0.1:1")
    ours = infrastructure_with(tmp_path, {"INFRASTRUCTURE": "containers", "SMTP_URL": "smtp://x"})
    with pytest.raises(NotConfigured, match="Docker does not answer"):
        await ours.start(silent)

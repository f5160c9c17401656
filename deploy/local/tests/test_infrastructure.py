"""Where Kafka and MongoDB come from: servers of the user's own, containers, or a clear refusal."""

from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from aiokafka import AIOKafkaProducer
from doorpakken_local import credentials, mongod
from doorpakken_local.folder import DataFolder
from doorpakken_local.infrastructure import Infrastructure, NotConfigured
from doorpakken_local.mongod import NoEmbeddedMongod
from doorpakken_local.ports import Ports
from doorpakken_local.processes import Processes
from doorpakken_local.system import System, silent
from doorpakken_plumbing.kafka.records import Login
from pymongo import AsyncMongoClient


def infrastructure_with(folder: Path, environ: dict[str, str]) -> Infrastructure:
    data = DataFolder(folder)
    data.make()
    made = credentials.find_or_make(data)
    return Infrastructure(data, Ports(9000), made, Processes(), environ, AsyncExitStack())


async def test_servers_of_the_users_own_are_prepared_and_nothing_is_started(
    tmp_path: Path, base_port: int
) -> None:
    async with System(tmp_path / "theirs", base_port, infrastructure_only=True) as theirs:
        ours = infrastructure_with(
            tmp_path / "ours",
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
        producer = AIOKafkaProducer(**Login(access.kafka.bootstrap, "matching", password).options())
        await producer.start()
        await producer.send_and_wait("plan-published", b"{}", key=b"k")
        await producer.stop()
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

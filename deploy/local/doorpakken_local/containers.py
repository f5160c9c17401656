"""Runs Kafka and MongoDB in containers, for machines with Docker but without a packaged mongod.
Their data is removed with them; the testcontainers helper removes them if this process dies."""

import asyncio
from contextlib import AsyncExitStack
from dataclasses import dataclass

import docker  # type: ignore[import-untyped]
from doorpakken_plumbing.kafka.records import Login
from doorpakken_plumbing.kafka.setup import wait_until_answered
from doorpakken_plumbing.mongo.admin import admin_uri, prepare_replica_set
from testcontainers.core.container import DockerContainer

from doorpakken_local.credentials import Credentials
from doorpakken_local.kafka import SERVERS, first_start, surroundings
from doorpakken_local.kafka_jars import KAFKA_VERSION
from doorpakken_local.ports import LOOPBACK, Ports
from doorpakken_local.processes import Tell

KAFKA_IMAGE = f"apache/kafka:{KAFKA_VERSION}"
MONGODB_IMAGE = "mongo:8.0.20"
MOUNTED = "/doorpakken"
ANSWER_SECONDS = 3
START_SECONDS = 60.0


@dataclass(frozen=True)
class Containers:
    """The containers of one system; ports are the same inside and outside."""

    ports: Ports
    credentials: Credentials
    cleanup: AsyncExitStack  # stops the containers

    async def kafka(self, tell: Tell) -> Login:
        tell("kafka", "starting in a container")
        container = _running(KAFKA_IMAGE, "kafka.sh")
        container.with_envs(
            **surroundings(self.ports, self.credentials, "/tmp/data", "0.0.0.0"),
            **first_start(self.credentials),
        )
        await self._start(container, self.ports.kafka)
        password = self.credentials.kafka["admin"].get_secret_value()
        login = Login(f"{LOOPBACK}:{self.ports.kafka}", "admin", password)
        # Docker accepts connections before the broker does, so an open port is not enough.
        await wait_until_answered(login, START_SECONDS)
        return login

    async def mongod(self, tell: Tell) -> str:
        tell("mongod", "starting in a container")
        port = self.ports.mongod
        password = self.credentials.mongodb["root"].get_secret_value()
        container = _running(MONGODB_IMAGE, "mongod.sh", user="mongodb")
        container.with_envs(
            MONGO_INITDB_ROOT_USERNAME="root",
            MONGO_INITDB_ROOT_PASSWORD=password,
            REPLICA_KEY=self.credentials.replica_key.get_secret_value(),
            PORT=str(port),
        )
        await self._start(container, port)
        host = f"{LOOPBACK}:{port}"
        await prepare_replica_set(host, password)
        return admin_uri(host, password)

    async def _start(self, container: DockerContainer, port: int) -> None:
        # Docker accepts an address with the port, which testcontainers does not declare.
        container.ports[f"{port}/tcp"] = (LOOPBACK, port)  # type: ignore[assignment]
        self.cleanup.push_async_callback(asyncio.to_thread, container.stop)
        await asyncio.to_thread(container.start)


def _running(image: str, script: str, user: str | None = None) -> DockerContainer:
    """Runs one of our start scripts; docker-compose.yml mounts the same folder."""
    container = DockerContainer(image, entrypoint=["bash", f"{MOUNTED}/{script}"], user=user)
    return container.with_volume_mapping(SERVERS, MOUNTED)


def docker_answers() -> bool:
    try:
        docker.from_env(timeout=ANSWER_SECONDS).ping()
    except docker.errors.DockerException:
        return False
    return True

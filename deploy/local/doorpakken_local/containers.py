"""Kafka and MongoDB in containers, for machines where no mongod is packaged but Docker answers.
Refuses to keep data: what a container holds goes with it. Its own helper removes it if we die."""

import asyncio
import shlex
from contextlib import AsyncExitStack
from dataclasses import dataclass

import docker  # type: ignore[import-untyped]
from doorpakken_plumbing.kafka import Login
from doorpakken_plumbing.kafka_setup import wait_until_answered
from doorpakken_plumbing.mongo_admin import admin_uri, prepare_replica_set
from testcontainers.core.container import DockerContainer

from doorpakken_local.credentials import Credentials
from doorpakken_local.kafka import SETTINGS, cluster_id, scram_options, surroundings
from doorpakken_local.kafka_jars import KAFKA_VERSION
from doorpakken_local.mongod import OPTIONS
from doorpakken_local.ports import LOOPBACK, Ports
from doorpakken_local.processes import Tell

KAFKA_IMAGE = f"apache/kafka:{KAFKA_VERSION}"
MONGODB_IMAGE = "mongo:8.0.20"
MOUNTED = "/doorpakken/server.properties"
KEY_FILE = "/data/replica-key"
ANSWER_SECONDS = 3
START_SECONDS = 60.0


@dataclass(frozen=True)
class Containers:
    """The containers of one system; ports are the same inside and outside."""

    ports: Ports
    credentials: Credentials
    cleanup: AsyncExitStack  # what removes them again

    async def kafka(self, tell: Tell) -> Login:
        """One broker, as its administrator reaches it once it answers."""
        tell("kafka", "starting in a container")
        tools = "/opt/kafka/bin"
        users = shlex.join(scram_options(self.credentials))
        script = (
            f"{tools}/kafka-storage.sh format -t {cluster_id()} -c {MOUNTED} {users} >/dev/null"
            f" && exec {tools}/kafka-server-start.sh {MOUNTED}"
        )
        container = DockerContainer(KAFKA_IMAGE).with_command(["bash", "-c", script])
        container.with_volume_mapping(SETTINGS, MOUNTED)
        container.with_envs(**surroundings(self.ports, self.credentials, "/tmp/data", "0.0.0.0"))
        await self._start(container, self.ports.kafka)
        password = self.credentials.kafka["admin"].get_secret_value()
        login = Login(f"{LOOPBACK}:{self.ports.kafka}", "admin", password)
        # Docker takes connections before the broker does, so a port that opens says nothing.
        await wait_until_answered(login, START_SECONDS)
        return login

    async def mongod(self, tell: Tell) -> str:
        """A replica set of one that takes writes; the address for its root."""
        tell("mongod", "starting in a container")
        port = self.ports.mongod
        password = self.credentials.mongodb["root"].get_secret_value()
        script = (
            f'echo "$REPLICA_KEY" > {KEY_FILE} && chmod 400 {KEY_FILE}'
            f" && chown mongodb {KEY_FILE} && exec docker-entrypoint.sh mongod --bind_ip_all"
            f" --port {port} --keyFile {KEY_FILE} {shlex.join(OPTIONS)}"
        )
        container = DockerContainer(MONGODB_IMAGE).with_command(["bash", "-c", script])
        container.with_envs(
            MONGO_INITDB_ROOT_USERNAME="root",
            MONGO_INITDB_ROOT_PASSWORD=password,
            REPLICA_KEY=self.credentials.replica_key.get_secret_value(),
        )
        await self._start(container, port)
        host = f"{LOOPBACK}:{port}"
        await prepare_replica_set(host, password)
        return admin_uri(host, password)

    async def _start(self, container: DockerContainer, port: int) -> None:
        container.ports[f"{port}/tcp"] = (LOOPBACK, port)  # type: ignore[assignment]  # docker takes it
        self.cleanup.push_async_callback(asyncio.to_thread, container.stop)
        await asyncio.to_thread(container.start)


def docker_answers() -> bool:
    """Whether containers can be had on this machine."""
    try:
        docker.from_env(timeout=ANSWER_SECONDS).ping()
    except docker.errors.DockerException:
        return False
    return True

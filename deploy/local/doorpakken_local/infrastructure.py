"""Provides Kafka, MongoDB and the mail server and prepares them for the services: as embedded
processes, as containers, or as servers named in the environment. Errors are raised before any
service starts."""

from collections.abc import Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING

from doorpakken_events.catalogue import SERVICES
from doorpakken_plumbing.kafka.records import Login
from doorpakken_plumbing.kafka.setup import prepare
from doorpakken_plumbing.mongo import admin as mongo_admin

from doorpakken_local import mongod
from doorpakken_local.credentials import Credentials
from doorpakken_local.embedded import Embedded
from doorpakken_local.folder import DataFolder
from doorpakken_local.ports import Ports
from doorpakken_local.processes import Processes, Tell, together

if TYPE_CHECKING:
    from doorpakken_local.containers import Containers

PARTITIONS = 3
CHOICE = "INFRASTRUCTURE"


class NotConfigured(Exception):
    """The environment names a server without its credentials, or containers without Docker."""


@dataclass(frozen=True)
class Access:
    """How the owner of the system reaches Kafka, MongoDB and the mail server."""

    kafka: Login
    mongodb_admin_uri: str
    smtp_url: str
    mailbox_url: str | None
    credentials: Credentials

    def mongodb_uri(self, service: str) -> str:
        password = self.credentials.mongodb[service]
        return mongo_admin.service_uri(self.mongodb_admin_uri, service, password)


@dataclass(frozen=True)
class Infrastructure:
    """Kafka, MongoDB and mail for one system. `environ` may name external servers to use
    instead."""

    folder: DataFolder
    ports: Ports
    credentials: Credentials
    processes: Processes
    environ: Mapping[str, str]
    cleanup: AsyncExitStack

    async def start(self, tell: Tell) -> Access:
        """Start what `environ` does not name, and create topics, users and rights. Raises
        NotConfigured."""
        async with together() as group:
            kafka = group.create_task(self._kafka(tell))
            mongodb = group.create_task(self._mongodb(tell))
            mail = group.create_task(self._mail(tell))
        return Access(kafka.result(), mongodb.result(), *mail.result(), self.credentials)

    def ports_used(self) -> dict[str, int]:
        """Only the ports of parts that are started here, by a name for messages."""
        used: dict[str, int] = {}
        if "KAFKA_BOOTSTRAP" not in self.environ:
            used |= {"Kafka": self.ports.kafka, "Kafka's controller": self.ports.kafka_controller}
        if "MONGODB_URI" not in self.environ:
            used |= {"MongoDB": self.ports.mongod}
        if "SMTP_URL" not in self.environ:
            used |= {"mailbox": self.ports.mailbox, "SMTP": self.ports.smtp}
        return used

    async def _kafka(self, tell: Tell) -> Login:
        login = kafka_named_in(self.environ) or await self._own_kafka(tell)
        passwords = {name: self.credentials.kafka[name] for name in SERVICES}
        await prepare(login, passwords, partitions=PARTITIONS)
        tell("kafka", "ready")
        return login

    async def _mongodb(self, tell: Tell) -> str:
        uri = self.environ.get("MONGODB_URI") or await self._own_mongod(tell)
        users = {name: self.credentials.mongodb[name] for name in SERVICES}
        await mongo_admin.ensure_users(uri, users)
        tell("mongod", "ready")
        return uri

    async def _mail(self, tell: Tell) -> tuple[str, str | None]:
        if "SMTP_URL" in self.environ:
            return self.environ["SMTP_URL"], None
        addresses = await self._embedded.mailbox(tell)
        tell("mailbox", "ready")
        return addresses

    async def _own_kafka(self, tell: Tell) -> Login:
        if not self._wants_containers:
            return await self._embedded.kafka(tell)
        return await self._in_containers().kafka(tell)

    async def _own_mongod(self, tell: Tell) -> str:
        if self._wants_containers or (not mongod.is_packaged() and _docker_answers()):
            return await self._in_containers().mongod(tell)
        return await self._embedded.mongod(tell)

    @property
    def _wants_containers(self) -> bool:
        return self.environ.get(CHOICE) == "containers"

    def _in_containers(self) -> "Containers":
        from doorpakken_local.containers import Containers, docker_answers

        if not docker_answers():
            raise NotConfigured(f"{CHOICE}=containers is set, but Docker does not answer.")
        return Containers(self.ports, self.credentials, self.cleanup)

    @property
    def _embedded(self) -> Embedded:
        return Embedded(self.folder, self.ports, self.credentials, self.processes, self.environ)


def kafka_named_in(environ: Mapping[str, str]) -> Login | None:
    """The administrator's login on an external Kafka, if `environ` names one. Raises
    NotConfigured."""
    if "KAFKA_BOOTSTRAP" not in environ:
        return None
    try:
        user, password = environ["KAFKA_USERNAME"], environ["KAFKA_PASSWORD"]
    except KeyError as missing:
        raise NotConfigured(f"KAFKA_BOOTSTRAP is set, but {missing.args[0]} is not.") from missing
    return Login(environ["KAFKA_BOOTSTRAP"], user, password)


def described(environ: Mapping[str, str]) -> str:
    ours = "in a container" if environ.get(CHOICE) == "containers" else "embedded"
    kafka = "of KAFKA_BOOTSTRAP" if "KAFKA_BOOTSTRAP" in environ else ours
    mongodb = ours if mongod.is_packaged() else "in a container"
    return f"Kafka {kafka}, MongoDB {'of MONGODB_URI' if 'MONGODB_URI' in environ else mongodb}"


def _docker_answers() -> bool:
    from doorpakken_local.containers import docker_answers

    return docker_answers()

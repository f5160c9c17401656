"""Runs Kafka, MongoDB and the mailbox as processes of this machine and waits until they listen.
Waiting fails as soon as the process ends."""

import sys
from collections.abc import Mapping
from dataclasses import dataclass

from doorpakken_plumbing.kafka.records import Login
from doorpakken_plumbing.mongo.admin import admin_uri, prepare_replica_set

from doorpakken_local import kafka_jars
from doorpakken_local.credentials import Credentials
from doorpakken_local.folder import DataFolder
from doorpakken_local.kafka import Kafka
from doorpakken_local.mongod import Mongod
from doorpakken_local.ports import LOOPBACK, Ports
from doorpakken_local.processes import Part, PartFailed, Processes, Tell, tail


@dataclass(frozen=True)
class Embedded:
    """Starts the three as parts of one system."""

    folder: DataFolder
    ports: Ports
    credentials: Credentials
    processes: Processes
    environ: Mapping[str, str]

    async def kafka(self, tell: Tell) -> Login:
        """Start one broker; returns the administrator's login. The first start of a user downloads
        Kafka."""
        jars = kafka_jars.class_path()
        if not all(jar.exists() for jar in jars):
            tell("kafka", "downloading (42 MiB, only this once)")
            await self._fetch_jars()
        kafka = Kafka(self.folder, self.ports, self.credentials, jars)
        if not kafka.is_formatted():
            await self.processes.run(kafka.formatting())
            kafka.formatted()
        tell("kafka", "starting")
        await self.processes.start(kafka.part()).listening()
        password = self.credentials.kafka["admin"].get_secret_value()
        return Login(kafka.bootstrap, "admin", password)

    async def mongod(self, tell: Tell) -> str:
        """Start a replica set of one and wait until it accepts writes; returns the URI of its root
        user."""
        mongod = Mongod(self.folder, self.ports.mongod, self.credentials)
        mongod.prepare()
        tell("mongod", "starting")
        await self.processes.start(mongod.part()).listening()
        password = self.credentials.mongodb["root"].get_secret_value()
        host = f"{LOOPBACK}:{self.ports.mongod}"
        await prepare_replica_set(host, password)
        return admin_uri(host, password)

    async def mailbox(self, tell: Tell) -> tuple[str, str]:
        """Returns the SMTP URL and the URL of the pages."""
        tell("mailbox", "starting")
        await self.processes.start(self._mailbox()).listening()
        return (
            f"smtp://{LOOPBACK}:{self.ports.smtp}",
            f"http://{LOOPBACK}:{self.ports.mailbox}",
        )

    async def _fetch_jars(self) -> None:
        """In a separate process: resolving is slow and would block the event loop. Raises
        JarsNotFetched."""
        try:
            await self.processes.run(self._download())
        except PartFailed as failure:
            said = tail(self.folder.log_of("download"), lines=1)
            raise kafka_jars.JarsNotFetched(said or str(failure)) from failure

    def _download(self) -> Part:
        return Part(
            name="download",
            argv=[sys.executable, "-m", "doorpakken_local.kafka_jars", "fetch"],
            env=self.environ,
            log=self.folder.log_of("download"),
            stage=0,
        )

    def _mailbox(self) -> Part:
        ports = [self.ports.smtp, self.ports.mailbox]
        return Part(
            name="mailbox",
            argv=[sys.executable, "-m", "doorpakken_local.mailbox", str(self.folder.mails)]
            + [str(port) for port in ports],
            env=self.environ,
            log=self.folder.log_of("mailbox"),
            stage=0,
            ports=ports,
        )

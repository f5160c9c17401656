"""Runs the services of a system as processes, and writes the environment of each to a file so that
it can be run alone. The services are those in the catalogue."""

import shlex
import sys
from collections.abc import Mapping
from dataclasses import dataclass

from doorpakken_events.catalogue import SERVICES

from doorpakken_local.credentials import Credentials, staff_password
from doorpakken_local.folder import DataFolder, write_private
from doorpakken_local.infrastructure import Access
from doorpakken_local.ports import LOOPBACK, Ports
from doorpakken_local.processes import Part

STAGE = 1
FIRST_STAFF_EMAIL = "staff@doorpakken.example"


@dataclass(frozen=True)
class Instance:
    """One process of a service."""

    service: str
    number: int
    port: int

    @property
    def name(self) -> str:
        return self.service if self.number == 1 else f"{self.service}-{self.number}"

    @property
    def url(self) -> str:
        return f"http://{LOOPBACK}:{self.port}"


def instances(ports: Ports, replicas: Mapping[str, int]) -> list[Instance]:
    """The first instance of every service, followed by the additional ones on the replica ports."""
    first = [Instance(service, 1, ports.service(service)) for service in SERVICES]
    further = [
        (service, number)
        for service in SERVICES
        for number in range(2, replicas.get(service, 1) + 1)
    ]
    return first + [
        Instance(service, number, ports.replica(at)) for at, (service, number) in enumerate(further)
    ]


@dataclass(frozen=True)
class Surroundings:
    """The configuration that all services of one system share."""

    folder: DataFolder
    ports: Ports
    credentials: Credentials
    access: Access
    settings: Mapping[str, str]

    def env(self, instance: Instance) -> dict[str, str]:
        service = instance.service
        return {
            "INSTANCE": str(instance.number),
            "HOST": LOOPBACK,
            "PORT": str(instance.port),
            "ENVIRONMENT": "local",
            "DATA_DIR": str(self.folder.root),
            "MONGODB_URI": self.access.mongodb_uri(service),
            "MONGODB_DATABASE": service,
            "KAFKA_BOOTSTRAP": self.access.kafka.bootstrap,
            "KAFKA_USERNAME": service,
            "KAFKA_PASSWORD": self.credentials.kafka[service].get_secret_value(),
            "STAFF_PUBLIC_KEY": self.credentials.staff_public_key,
            **{f"{name.upper()}_URL": self._url(name) for name in SERVICES},
            **self._own(service),
            **self.settings,
        }

    def part(self, instance: Instance, base: Mapping[str, str], extra: Mapping[str, str]) -> Part:
        """`base` is the inherited environment; `extra` overrides everything else."""
        return Part(
            name=instance.name,
            argv=[sys.executable, "-m", f"doorpakken_{instance.service}"],
            env={**base, **self.env(instance), **extra},
            log=self.folder.log_of(instance.name),
            stage=STAGE,
        )

    def write_env(self, instance: Instance) -> None:
        """`set -a; . FILE; python -m doorpakken_<service>` runs the service alone."""
        lines = (f"{name}={shlex.quote(value)}\n" for name, value in self.env(instance).items())
        write_private(self.folder.env / f"{instance.name}.env", "".join(lines))

    def _url(self, service: str) -> str:
        return f"http://{LOOPBACK}:{self.ports.service(service)}"

    def _own(self, service: str) -> dict[str, str]:
        links = {"LINK_KEYS": self.credentials.link_keys.get_secret_value()}
        if service == "registration":
            return links | {
                "STAFF_PRIVATE_KEY": self.credentials.staff_private_key.get_secret_value(),
                "FIRST_STAFF_EMAIL": FIRST_STAFF_EMAIL,
                "FIRST_STAFF_PASSWORD": staff_password(self.folder),
            }
        if service == "notification":
            return links | {"SMTP_URL": self.access.smtp_url}
        return {}

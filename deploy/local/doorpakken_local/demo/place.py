"""The system in which the demo plays: its addresses and its owner's access to Kafka and the
databases. Keeps secrets in memory only."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from doorpakken_events.catalogue import SERVICES
from doorpakken_plumbing.kafka.records import Login
from doorpakken_plumbing.mongo import admin as mongo_admin

from doorpakken_local import credentials, state
from doorpakken_local.demo.stopped import StoryStopped
from doorpakken_local.folder import DataFolder
from doorpakken_local.owner import kafka_login
from doorpakken_local.services import FIRST_STAFF_EMAIL
from doorpakken_local.system import System


class NoMailbox(StoryStopped):
    """Mails go to an external server, where the demo cannot read them."""


@dataclass(frozen=True)
class Place:
    """One system with its owner's access."""

    folder: DataFolder
    urls: Mapping[str, str]
    kafka: Login
    mongodb_uris: Mapping[str, str]
    staff_email: str
    staff_password: str

    @classmethod
    def of(cls, system: System) -> Self:
        uris = {name: system.access.mongodb_uri(name) for name in SERVICES}
        return cls._checked(system.folder, system.urls, system.access.kafka, uris)

    @classmethod
    def running(cls, folder: DataFolder) -> Self:
        """For a system that another process started; raises NotRunning, or NoMailbox."""
        found, made = state.find(folder), credentials.find_or_make(folder)
        uris = {
            name: mongo_admin.service_uri(found.mongodb, name, made.mongodb[name])
            for name in SERVICES
        }
        return cls._checked(folder, found.urls, kafka_login(folder), uris)

    @classmethod
    def _checked(
        cls, folder: DataFolder, urls: Mapping[str, str], kafka: Login, uris: Mapping[str, str]
    ) -> Self:
        if "mailbox" not in urls:
            raise NoMailbox("The demo reads mails from its own mailbox; start without SMTP_URL.")
        password = credentials.staff_password(folder)
        return cls(folder, urls, kafka, uris, FIRST_STAFF_EMAIL, password)

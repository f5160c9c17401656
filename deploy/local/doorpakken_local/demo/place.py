"""Where the demo plays: the addresses of one running system, and its owner's way into its stores.
Holds secrets in memory only; refuses nothing."""

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
    """Mails go to a server of somebody else, where the demo may not read them."""


@dataclass(frozen=True)
class Place:
    """One system as its owner knows it."""

    folder: DataFolder
    urls: Mapping[str, str]
    kafka: Login
    mongodb_uris: Mapping[str, str]
    staff_email: str
    staff_password: str

    @classmethod
    def of(cls, system: System) -> Self:
        """The system that this program started."""
        uris = {name: system.access.mongodb_uri(name) for name in SERVICES}
        return cls._checked(system.folder, system.urls, system.access.kafka, uris)

    @classmethod
    def running(cls, folder: DataFolder) -> Self:
        """A system that another program started on this folder; raises NotRunning."""
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

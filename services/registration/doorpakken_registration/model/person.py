"""People and organisations as registration knows them: over all gatherings, and each only once."""

from dataclasses import dataclass
from datetime import datetime

from doorpakken_registration.model.addresses import identities
from doorpakken_registration.model.names import key_of


@dataclass(frozen=True)
class Introduction:
    """How somebody says who they are; at least one address, in its one spelling."""

    name: str
    email: str | None
    phone: str | None
    language: str

    @property
    def identities(self) -> tuple[str, ...]:
        """What they are found by."""
        return identities(key_of(self.name), self.email, self.phone)


@dataclass(frozen=True)
class Person:
    """Somebody who signed up, pitched or was entered; raising `generation` ends all their links."""

    id: str
    version: int
    name: str
    email: str | None
    phone: str | None
    language: str
    identities: tuple[str, ...]
    generation: int
    created_at: datetime


@dataclass(frozen=True)
class Organisation:
    """A covenant partner, company, foundation or network, known by its name."""

    id: str
    version: int
    name: str
    name_key: str
    kind: str

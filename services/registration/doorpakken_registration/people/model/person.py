"""People and organisations in registration: shared by all gatherings, each stored once."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from doorpakken_registration.common.model.addresses import identities
from doorpakken_registration.common.model.names import key_of


@dataclass(frozen=True)
class Introduction:
    """The name and addresses somebody gives, each normalised; without any only who walked in."""

    name: str
    email: str | None
    phone: str | None
    language: str

    @cached_property
    def identities(self) -> tuple[str, ...]:
        return identities(key_of(self.name), self.email, self.phone)


@dataclass(frozen=True)
class Person:
    """Somebody who signed up, pitched or was entered; a higher `generation` ends all their
    links."""

    id: str
    version: int
    name: str
    email: str | None
    phone: str | None
    language: str
    identities: tuple[str, ...]
    generation: int
    created_at: datetime

    @property
    def addresses(self) -> tuple[str, ...]:
        return tuple(one for one in (self.email, self.phone) if one)

    def introduced(self, who: Introduction) -> "Person":
        """With another name or address. A removed address no longer identifies them, and ends all
        their links; other identities that came with a merge stay."""
        gone = {*self.addresses} - {who.email, who.phone}
        own = identities(key_of(self.name), self.email, self.phone)
        joined = [one for one in self.identities if one not in own and _address(one) not in gone]
        return replace(
            self,
            name=who.name,
            email=who.email,
            phone=who.phone,
            language=who.language,
            identities=tuple(dict.fromkeys((*who.identities, *joined))),
            generation=self.generation + bool(gone),
        )

    def without_links(self) -> "Person":
        return replace(self, generation=self.generation + 1)

    def joined_by(self, other: "Person") -> "Person":
        """Adds the identities of the other, and takes over an address that is missing here."""
        return replace(
            self,
            email=self.email or other.email,
            phone=self.phone or other.phone,
            identities=tuple(dict.fromkeys((*self._identities_with(other), *other.identities))),
        )

    def _identities_with(self, other: "Person") -> tuple[str, ...]:
        email, phone = self.email or other.email, self.phone or other.phone
        return (*self.identities, *identities(key_of(self.name), email, phone))


@dataclass(frozen=True)
class Organisation:
    """A covenant partner, company, foundation or network, identified by its name. A merged one
    keeps its name, which then leads to `merged_into`."""

    id: str
    version: int
    name: str
    name_key: str
    kind: str
    contacts: tuple[str, ...] = ()
    merged_into: str | None = None

    def with_contacts(self, person_ids: Iterable[str]) -> "Organisation":
        return replace(self, contacts=tuple(dict.fromkeys(person_ids)))


def _address(identity: str) -> str:
    return identity.partition(" ")[0]

"""People and organisations as registration knows them: over all gatherings, and each only once."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from doorpakken_registration.common.model.addresses import identities
from doorpakken_registration.common.model.names import key_of


@dataclass(frozen=True)
class Introduction:
    """How somebody says who they are; at least one address, in its one spelling."""

    name: str
    email: str | None
    phone: str | None
    language: str

    @cached_property
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

    @property
    def addresses(self) -> tuple[str, ...]:
        """How to reach them."""
        return tuple(one for one in (self.email, self.phone) if one)

    def introduced(self, who: Introduction) -> "Person":
        """The same person under another name or address. An address that is taken away finds them
        no more, nor do the links that were sent to it; what came with a merge still does."""
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
        """The same person; the links and cookies they have by now open nothing."""
        return replace(self, generation=self.generation + 1)

    def joined_by(self, other: "Person") -> "Person":
        """Found by all that found the other too; an address they lack is taken over."""
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
    """A covenant partner, company, foundation or network, known by its name; one that was merged
    keeps its name, which finds the other from then on."""

    id: str
    version: int
    name: str
    name_key: str
    kind: str
    contacts: tuple[str, ...] = ()
    merged_into: str | None = None

    def with_contacts(self, person_ids: Iterable[str]) -> "Organisation":
        """The same organisation, with these people to turn to, each once."""
        return replace(self, contacts=tuple(dict.fromkeys(person_ids)))


def _address(identity: str) -> str:
    return identity.partition(" ")[0]

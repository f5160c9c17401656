"""Readers from outside: an integration is a user of Kafka that reads what is public and what was
granted by name, in groups of its own. Kafka alone remembers them, so no list can say otherwise.
Refuses to grant what is restricted."""

import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, replace

from doorpakken_events.catalogue import CATALOGUE, Audience

from doorpakken_plumbing.kafka.admin import ensure_rights, ensure_users, remove_user, rights_now
from doorpakken_plumbing.kafka.records import Login
from doorpakken_plumbing.kafka.requests import GROUP, LITERAL, PREFIXED, READ, TOPIC, Right

USER_PREFIX = "ext-"
NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
NAME_LENGTH = 32
PASSWORD_BYTES = 24


class IntegrationRefused(Exception):
    """There can be no such integration, or there is none."""


def readable(audience: Audience) -> frozenset[str]:
    """The topics of one class."""
    return frozenset(topic.name for topic in CATALOGUE.values() if topic.audience == audience)


PUBLIC, GRANTABLE = readable("public"), readable("granted")


@dataclass(frozen=True)
class Integration:
    """One reader from outside; `topics` is all that it may read."""

    name: str
    topics: frozenset[str]

    @property
    def user(self) -> str:
        """Who it is for Kafka."""
        return USER_PREFIX + self.name

    @property
    def group_prefix(self) -> str:
        """How the names of its consumer groups begin."""
        return f"{self.user}-"

    @property
    def granted(self) -> list[str]:
        """What it reads besides the public topics."""
        return sorted(self.topics & GRANTABLE)

    def rights(self) -> set[Right]:
        """Reading its topics, in its own groups."""
        reads = {Right(self.user, TOPIC, topic, LITERAL, READ) for topic in self.topics}
        return reads | {Right(self.user, GROUP, self.group_prefix, PREFIXED, READ)}


async def add(admin: Login, name: str, grants: Iterable[str] = ()) -> tuple[Integration, Login]:
    """A new integration and how it enters; its password is kept nowhere."""
    integration = Integration(_checked(name), PUBLIC | _grantable(grants))
    for other in await list_all(admin):
        _keep_apart(integration, other)
    login = replace(
        admin, username=integration.user, password=secrets.token_urlsafe(PASSWORD_BYTES)
    )
    # The rights are what it is listed by, so they come before the user that could enter.
    await ensure_rights(admin, integration.rights())
    await ensure_users(admin, {login.username: login.password})
    return integration, login


async def list_all(admin: Login) -> list[Integration]:
    """Every integration, by name."""
    topics: dict[str, set[str]] = {}
    for right in await rights_now(admin):
        if right.user.startswith(USER_PREFIX):
            found = topics.setdefault(right.user.removeprefix(USER_PREFIX), set())
            found |= {right.name} if right.resource == TOPIC else set()
    return [Integration(name, frozenset(topics[name])) for name in sorted(topics)]


async def revoke(admin: Login, name: str) -> None:
    """The end of an integration: its next connection is refused, and so is the next read on one
    that is open."""
    known = {one.name: one for one in await list_all(admin)}
    if name not in known:
        listed = ", ".join(known) or "none"
        raise IntegrationRefused(f"There is no integration {name!r}; known: {listed}.")
    await remove_user(admin, known[name].user)


async def renew(admin: Login) -> None:
    """Let every integration read what has become public since it was added."""
    known = await list_all(admin)
    renewed = (replace(one, topics=one.topics | PUBLIC) for one in known)
    await ensure_rights(admin, {right for one in renewed for right in one.rights()})


def _checked(name: str) -> str:
    if NAME.fullmatch(name) and len(name) <= NAME_LENGTH:
        return name
    raise IntegrationRefused(
        f"{name!r} cannot be the name of an integration: take at most {NAME_LENGTH} lowercase "
        "letters and digits, with single dashes between them."
    )


def _grantable(topics: Iterable[str]) -> frozenset[str]:
    wanted = frozenset(topics)
    if refused := sorted(wanted - GRANTABLE):
        raise IntegrationRefused(
            f"{', '.join(refused)} cannot be granted. Public topics need no grant; these can be "
            f"granted: {', '.join(sorted(GRANTABLE))}."
        )
    return wanted


def _keep_apart(new: Integration, other: Integration) -> None:
    if new.name == other.name:
        raise IntegrationRefused(
            f"There is an integration {new.name!r} already: revoke it first, then add it with "
            "other grants or for a new password."
        )
    first, second = sorted((new.group_prefix, other.group_prefix), key=len)
    if second.startswith(first):
        raise IntegrationRefused(
            f"{new.name!r} and the integration {other.name!r} would read in one another's groups: "
            "take a name that does not begin like the other."
        )

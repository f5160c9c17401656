"""External readers: Kafka users that read public and granted topics, in groups of their own.
Kafka is the only record of them. Restricted topics cannot be granted."""

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
    """The integration is not possible, or does not exist."""


def readable(audience: Audience) -> frozenset[str]:
    return frozenset(topic.name for topic in CATALOGUE.values() if topic.audience == audience)


PUBLIC, GRANTABLE = readable("public"), readable("granted")


@dataclass(frozen=True)
class Integration:
    """One external reader; `topics` is all that it may read."""

    name: str
    topics: frozenset[str]

    @property
    def user(self) -> str:
        return USER_PREFIX + self.name

    @property
    def group_prefix(self) -> str:
        return f"{self.user}-"

    @property
    def granted(self) -> list[str]:
        return sorted(self.topics & GRANTABLE)

    def rights(self) -> set[Right]:
        reads = {Right(self.user, TOPIC, topic, LITERAL, READ) for topic in self.topics}
        return reads | {Right(self.user, GROUP, self.group_prefix, PREFIXED, READ)}


async def add(admin: Login, name: str, grants: Iterable[str] = ()) -> tuple[Integration, Login]:
    """Returns the integration with its login; the password is stored nowhere. Raises
    IntegrationRefused."""
    integration = Integration(_checked(name), PUBLIC | _grantable(grants))
    for other in await list_all(admin):
        _keep_apart(integration, other)
    login = replace(
        admin, username=integration.user, password=secrets.token_urlsafe(PASSWORD_BYTES)
    )
    # `list_all` finds integrations by their rights, so these come before the login.
    await ensure_rights(admin, integration.rights())
    await ensure_users(admin, {login.username: login.password})
    return integration, login


async def list_all(admin: Login) -> list[Integration]:
    topics: dict[str, set[str]] = {}
    for right in await rights_now(admin):
        if right.user.startswith(USER_PREFIX):
            found = topics.setdefault(right.user.removeprefix(USER_PREFIX), set())
            found |= {right.name} if right.resource == TOPIC else set()
    return [Integration(name, frozenset(topics[name])) for name in sorted(topics)]


async def revoke(admin: Login, name: str) -> None:
    """New connections and the next read on open ones are refused. Raises IntegrationRefused."""
    known = {one.name: one for one in await list_all(admin)}
    if name not in known:
        listed = ", ".join(known) or "none"
        raise IntegrationRefused(f"There is no integration {name!r}; known: {listed}.")
    await remove_user(admin, known[name].user)


async def renew(admin: Login) -> None:
    """Lets integrations read the topics that became public after they were added."""
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

"""Limits of password attempts: by account and client, by client, and by account over all browsers
that never signed in to it. A browser that did has its own limit, so others cannot block it."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from doorpakken_plumbing.http.errors import TooMany
from doorpakken_plumbing.identity.links import (
    DEVICE,
    Link,
    LinkExpired,
    LinkRefused,
    make_link,
    read_link,
)
from doorpakken_plumbing.mongo.database import Documents
from doorpakken_plumbing.time import clock

from doorpakken_registration.common.store import tries as store
from doorpakken_registration.settings import Settings


@dataclass(frozen=True)
class Guess:
    """An attempt: the normalised e-mail address, the client's address, and the known browser."""

    email: str
    client: str
    device_id: str | None


async def count(documents: Documents, settings: Settings, guess: Guess) -> list[str]:
    """Counts an attempt before its password is checked, so that parallel attempts cannot pass the
    limit. Returns the names of its counters; raises TooMany."""
    expires_at = clock.real_now() + timedelta(minutes=settings.sign_in_tries_minutes)
    if guess.device_id:
        own = f"device {guess.device_id}"
        tries, _ = await store.count_try(documents, own, expires_at)
        if tries <= settings.sign_in_tries:
            return [own]
    limits = {
        f"account {_digest(guess.email, guess.client)}": settings.sign_in_tries,
        f"client {_digest(guess.client)}": settings.sign_in_tries_per_client,
        f"email {_digest(guess.email)}": settings.sign_in_tries_per_account,
    }
    for name, limit in limits.items():
        tries, until = await store.count_try(documents, name, expires_at)
        if tries > limit:
            raise _too_many(until)
    return [*limits]


async def count_recovery(documents: Documents, settings: Settings, email: str, client: str) -> None:
    """Requests for a new password have limits of their own, so that who failed to sign in may still
    ask; raises TooMany."""
    await count(documents, settings, Guess(f"recover {email}", client, None))


async def count_own(
    documents: Documents, settings: Settings, staff_id: str, client: str
) -> list[str]:
    """For who is signed in and gives the password of now; see `count`."""
    return await count(documents, settings, Guess(f"own {staff_id}", client, None))


async def forgive(documents: Documents, names: list[str]) -> None:
    """After a correct password: deletes its own counter, and takes only this attempt off the shared
    ones, or somebody who knows one password could guess without limit."""
    own, *shared = names
    await store.forget_tries(documents, own)
    await store.give_back_try(documents, shared)


def device_token(settings: Settings, staff_id: str, device_id: str) -> str:
    expires_at = clock.real_now() + timedelta(days=settings.staff_device_days)
    return make_link(settings.links, Link(DEVICE, staff_id, device_id, 0, expires_at))


def device_of(settings: Settings, token: str, staff_id: str | None) -> str | None:
    """None when the token is invalid, expired or of another account."""
    try:
        link = read_link(settings.links, token, clock.real_now())
    except (LinkRefused, LinkExpired):
        return None
    is_theirs = link.purpose == DEVICE and link.person_id == staff_id
    return link.object_id if is_theirs else None


def _too_many(until: datetime) -> TooMany:
    seconds = (until - clock.real_now()).total_seconds()
    return TooMany(
        "Too many tries. Wait a while, or use the browser you signed in with before.",
        retry_after_seconds=seconds,
    )


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()

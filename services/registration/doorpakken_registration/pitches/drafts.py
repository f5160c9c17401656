"""Drafts of pitches: stored as typed, found again, and removed once the pitch is submitted. Rejects
more text than the limit; the content is validated on submission."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from doorpakken_plumbing.http.errors import Invalid
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import Documents
from doorpakken_plumbing.time import clock

from doorpakken_registration.people import persons
from doorpakken_registration.pitches.model.draft import Draft, Typed, fits
from doorpakken_registration.pitches.store import drafts as store
from doorpakken_registration.settings import Settings


class DraftTooLarge(Invalid):
    """More text than is kept for anybody."""

    slug = "draft-too-large"
    dutch = "Dit is te veel om te bewaren. Maak uw tekst korter."


@dataclass(frozen=True)
class Holder:
    """Whose draft it is: a person with a personal link, or a phone with a secret in a cookie."""

    person_id: str | None
    secret: str | None


async def find(documents: Documents, holder: Holder, gathering_id: str) -> Draft | None:
    """A person's own draft comes before one on the phone."""
    return next(iter(await _all(documents, holder, gathering_id)), None)


async def list_of_person(documents: Documents, person_id: str) -> list[Draft]:
    return await store.list_drafts_of(documents, person_id, clock.now())


async def keep(
    tx: Transaction, holder: Holder, gathering_id: str, fields: Sequence[Typed], settings: Settings
) -> Draft:
    """Replaces an earlier draft; with a person id it becomes theirs. Raises DraftTooLarge."""
    if not fits(fields, settings.draft_bytes):
        raise DraftTooLarge("This is more than is kept. Make the text shorter.")
    if holder.person_id:
        await persons.hold(tx, holder.person_id)
    before = await find(tx, holder, gathering_id)
    draft = Draft(
        id=before.id if before else tx.new_id(),
        gathering_id=gathering_id,
        person_id=holder.person_id,
        secret_hash=None if holder.person_id else _hash(holder.secret),
        fields=tuple(fields),
        expires_at=clock.now() + timedelta(days=settings.draft_days),
    )
    await store.put_draft(tx, draft, timedelta(days=settings.draft_days))
    return draft


async def drop(tx: Transaction, holder: Holder, gathering_id: str) -> None:
    """Leaves a draft that somebody else began on the same phone."""
    found = await _all(tx, holder, gathering_id)
    whose = found[0].person_id if found else None
    await store.delete_drafts(tx, [one.id for one in found if one.person_id == whose])


async def _all(documents: Documents, holder: Holder, gathering_id: str) -> list[Draft]:
    now = clock.now()
    found: list[Draft] = []
    if holder.person_id:
        found += await store.list_drafts_of(documents, holder.person_id, now)
    if holder.secret:
        found += await store.list_drafts_on(documents, _hash(holder.secret), now)
    return [one for one in found if one.gathering_id == gathering_id]


def _hash(secret: str | None) -> str:
    return hashlib.sha256((secret or "").encode()).hexdigest()

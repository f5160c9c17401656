"""Plans that are not handed in yet: kept as they were typed, found again, and gone once they are
handed in. Refuses more text than a form holds; what is in them is checked when they are sent."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from doorpakken_plumbing.http.errors import Invalid
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import Documents
from doorpakken_plumbing.time import clock

from doorpakken_registration.common.store import taking
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
    """Who comes back for a draft: a person by their link, and the phone by its secret."""

    person_id: str | None
    secret: str | None


async def find(documents: Documents, holder: Holder, gathering_id: str) -> Draft | None:
    """What they were telling at this gathering: a person's own before what is on the phone."""
    return next(iter(await _all(documents, holder, gathering_id)), None)


async def list_of_person(documents: Documents, person_id: str) -> list[Draft]:
    """What a person did not hand in yet, at all gatherings."""
    return await store.list_drafts_of(documents, person_id, clock.now())


async def keep(
    tx: Transaction, holder: Holder, gathering_id: str, fields: Sequence[Typed], settings: Settings
) -> Draft:
    """Keeps this in the place of what was kept before; with a link it is the person's own."""
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
    """Removes what they were telling; what somebody else began on the same phone stays."""
    found = await _all(tx, holder, gathering_id)
    whose = found[0].person_id if found else None
    await store.delete_drafts(tx, [one.id for one in found if one.person_id == whose])


async def forget(tx: Transaction, person_id: str, attendee_ids: Sequence[str]) -> int:
    """Removes all that a person did not hand in."""
    return len(await taking.take(tx, "drafts", "person_id", [person_id]))


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

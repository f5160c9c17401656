"""What was promised toward the needs of a gathering or of one pitch, and what came of it, as
everybody may read it. Read-only."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from doorpakken_plumbing.mongo.database import Documents

from doorpakken_registration.commitments.model.due import today
from doorpakken_registration.commitments.model.public_words import PublicWord, public_word
from doorpakken_registration.commitments.store import published as store
from doorpakken_registration.commitments.store.published import PromiseRow
from doorpakken_registration.organisations.store import organisations as organisations_store
from doorpakken_registration.people.store import persons as persons_store
from doorpakken_registration.pitches import needs
from doorpakken_registration.pitches.model.pitch import Pitch
from doorpakken_registration.pitches.needs import CoveredNeed, CoveredPitch


@dataclass(frozen=True)
class PublicPromise:
    """`name` is None for who is not named; `amount` is what was done, once it is done."""

    name: str | None
    is_of_organisation: bool
    amount: int
    due: date
    word: PublicWord


Promises = Mapping[str, Sequence[PublicPromise]]


@dataclass(frozen=True)
class Published:
    """The pitches with their needs, and what was promised by need."""

    pitches: Sequence[CoveredPitch]
    promises: Promises

    @property
    def is_empty(self) -> bool:
        return not any(self.promises.values())


async def at_gathering(documents: Documents, gathering_id: str, now: datetime) -> Published:
    picture = await needs.picture_of(documents, gathering_id)
    rows = await store.list_toward(documents, {"gathering_id": gathering_id})
    return Published(picture.pitches, await _by_need(documents, rows, now))


async def of_pitch(documents: Documents, pitch: Pitch, now: datetime) -> Published:
    covered: list[CoveredNeed] = await needs.covered_needs_of(documents, pitch)
    rows = await store.list_toward(documents, {"pitch_id": pitch.id})
    return Published([CoveredPitch(pitch, covered)], await _by_need(documents, rows, now))


async def _by_need(documents: Documents, rows: Sequence[PromiseRow], now: datetime) -> Promises:
    """A person is named only if they agreed to it, an organisation if its contact chose so."""
    named = [one for one in rows if one.is_with_name]
    ids = {one.organisation_id for one in named if one.organisation_id}
    people = {one.person_id for one in named if one.is_agreed and not one.organisation_id}
    organisations = await organisations_store.list_organisations(documents, ids)
    persons = await persons_store.list_persons(documents, filter(None, people)) if people else []
    names = {one.id: one.name for one in organisations} | {one.id: one.name for one in persons}
    found: dict[str, list[PublicPromise]] = defaultdict(list)
    for one in rows:
        if shown := _shown(one, names, today(now)):
            found[one.need_id].append(shown)
    return dict(found)


def _shown(one: PromiseRow, names: Mapping[str, str], day: date) -> PublicPromise | None:
    word = public_word(one.state, one.due, one.replans, day, was_accepted=one.was_accepted)
    if word is None:
        return None
    named = one.organisation_id or (one.person_id if one.is_agreed else None)
    return PublicPromise(
        name=names.get(named or "") if one.is_with_name else None,
        is_of_organisation=one.organisation_id is not None,
        amount=one.done if word is PublicWord.DONE else one.amount,
        due=one.due,
        word=word,
    )

"""The public summary of support for pitches: people as a number, organisations by name. Read-only;
the numbers come from the tallies."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from doorpakken_plumbing.mongo.database import Documents

from doorpakken_registration.organisations.store import organisations as organisations_store
from doorpakken_registration.pitches.store import endorsements as store

REASONS_MAX = 20


@dataclass
class Backers:
    """Who supports a pitch with one stance."""

    people: int = 0
    organisations: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.people or self.organisations)


@dataclass(frozen=True)
class Backing:
    """Who believes in a pitch, and who joins."""

    believes: Backers = field(default_factory=Backers)
    joins: Backers = field(default_factory=Backers)


@dataclass(frozen=True)
class Reason:
    """Why an organisation, or a person who is not named, supports a pitch."""

    organisation: str | None
    stance: str
    text: str


async def of(documents: Documents, pitch_ids: Collection[str]) -> dict[str, Backing]:
    counts = await store.count_support(documents, pitch_ids)
    names = await _names(documents, (one.organisation_id for one in counts))
    backings = {one: Backing() for one in pitch_ids}
    for one in sorted(counts, key=lambda one: names.get(one.organisation_id or "", "")):
        backers: Backers = getattr(backings[one.pitch_id], one.stance)
        if one.organisation_id is None:
            backers.people += one.number
        else:
            backers.organisations.append(names[one.organisation_id])
    return backings


async def reasons_for(documents: Documents, pitch_id: str) -> list[Reason]:
    found = await store.list_reasons(documents, pitch_id, REASONS_MAX)
    names = await _names(documents, (one.organisation_id for one in found))
    return [
        Reason(names.get(one.organisation_id or ""), one.stance, one.reason or "") for one in found
    ]


async def _names(documents: Documents, ids: Iterable[str | None]) -> dict[str, str]:
    wanted = {one for one in ids if one}
    found = await organisations_store.list_organisations(documents, wanted)
    return {one.id: one.name for one in found}

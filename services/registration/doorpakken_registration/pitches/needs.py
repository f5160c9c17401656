"""The needs of a gathering's accepted pitches, and how far offers cover them. Read-only, computed
on each call."""

from collections.abc import Sequence
from dataclasses import dataclass

from doorpakken_events import states
from doorpakken_events.coverage import Coverage
from doorpakken_plumbing.mongo.database import Documents

from doorpakken_registration.pitches.model.pitch import Need, Pitch
from doorpakken_registration.pitches.store import offers as offers_store
from doorpakken_registration.pitches.store import pitches as pitches_store
from doorpakken_registration.pitches.store.offers import Sum


@dataclass(frozen=True)
class CoveredNeed:
    """A need and how far offers cover it."""

    need: Need
    coverage: Coverage


@dataclass(frozen=True)
class CoveredPitch:
    """A pitch with its needs."""

    pitch: Pitch
    needs: Sequence[CoveredNeed]


@dataclass(frozen=True)
class Picture:
    """All pitches with their needs, and the offers without a need."""

    pitches: Sequence[CoveredPitch]
    without_need: Sequence[Sum]


async def picture_of(documents: Documents, gathering_id: str) -> Picture:
    pitches = await pitches_store.list_pitches(documents, gathering_id, (states.Pitch.ACCEPTED,))
    sums = await offers_store.sum_offers(documents, gathering_id)
    by_need = {(one.need_id, one.unit): one for one in sums}
    covered = [
        CoveredPitch(pitch, [_covered(need, by_need) for need in pitch.needs]) for pitch in pitches
    ]
    return Picture(covered, [one for one in sums if one.need_id is None])


async def covered_needs_of(documents: Documents, pitch: Pitch) -> list[CoveredNeed]:
    sums = await offers_store.sum_offers(documents, pitch.gathering_id)
    by_need = {(one.need_id, one.unit): one for one in sums}
    return [_covered(need, by_need) for need in pitch.needs]


def _covered(need: Need, by_need: dict[tuple[str | None, str], Sum]) -> CoveredNeed:
    found = by_need.get((need.need_id, need.unit))
    if found is None:
        return CoveredNeed(need, Coverage(need.amount))
    return CoveredNeed(need, Coverage(need.amount, found.offered, found.offers))

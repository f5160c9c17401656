"""The needs of a gathering's accepted pitches, and how far each came by offers and promises.
Read-only, computed on each call."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from doorpakken_events import states
from doorpakken_events.coverage import Coverage, NeedStatus, Share, covered
from doorpakken_plumbing.mongo.database import Documents

from doorpakken_registration.pitches.model.pitch import Need, Pitch
from doorpakken_registration.pitches.store import offers as offers_store
from doorpakken_registration.pitches.store import pitches as pitches_store
from doorpakken_registration.pitches.store import shares as shares_store
from doorpakken_registration.pitches.store.offers import Sum


@dataclass(frozen=True)
class CoveredNeed:
    """A need and how far it came."""

    need: Need
    coverage: Coverage

    @property
    def is_open(self) -> bool:
        """Whether something of it may still be offered."""
        return not self.need.is_closed and self.coverage.open > 0

    @property
    def takes_promises(self) -> bool:
        """Whether something of it may still be promised."""
        return not self.need.is_closed and self.coverage.to_promise > 0

    @property
    def is_lacking(self) -> bool:
        """Whether something of it still has to come."""
        return self.coverage.status not in (NeedStatus.MET, NeedStatus.CLOSED)


@dataclass(frozen=True)
class CoveredPitch:
    """A pitch with its needs."""

    pitch: Pitch
    needs: Sequence[CoveredNeed]

    @property
    def is_lacking(self) -> bool:
        return any(one.is_lacking for one in self.needs)


@dataclass(frozen=True)
class Picture:
    """All pitches with their needs, and the offers without a need."""

    pitches: Sequence[CoveredPitch]
    without_need: Sequence[Sum]


async def picture_of(documents: Documents, gathering_id: str) -> Picture:
    pitches = await pitches_store.list_pitches(documents, gathering_id, (states.Pitch.ACCEPTED,))
    toward = await _Toward.at(documents, gathering_id)
    found = [
        CoveredPitch(pitch, [toward.covered(need) for need in pitch.needs]) for pitch in pitches
    ]
    return Picture(found, toward.without_need)


async def covered_pitches(documents: Documents, found: Sequence[Pitch]) -> list[CoveredPitch]:
    ids = {one.gathering_id for one in found}
    toward = {one: await _Toward.at(documents, one) for one in ids}
    return [
        CoveredPitch(one, [toward[one.gathering_id].covered(need) for need in one.needs])
        for one in found
    ]


async def covered_needs_of(documents: Documents, pitch: Pitch) -> list[CoveredNeed]:
    toward = await _Toward.at(documents, pitch.gathering_id)
    return [toward.covered(need) for need in pitch.needs]


@dataclass(frozen=True)
class _Toward:
    """What is offered and promised toward the needs of a gathering."""

    by_need: Mapping[tuple[str | None, str], Sum]
    shares: Mapping[str, Sequence[Share]]
    without_need: Sequence[Sum]

    @classmethod
    async def at(cls, documents: Documents, gathering_id: str) -> "_Toward":
        sums = await offers_store.sum_offers(documents, gathering_id)
        by_need = {(one.need_id, one.unit): one for one in sums}
        shares = await shares_store.shares_at(documents, gathering_id)
        return cls(by_need, shares, [one for one in sums if one.need_id is None])

    def covered(self, need: Need) -> CoveredNeed:
        found = self.by_need.get((need.need_id, need.unit))
        shares = self.shares.get(need.need_id, ())
        offered = found.amounts if found else {}
        return CoveredNeed(need, covered(need.amount, offered, shares, is_closed=need.is_closed))

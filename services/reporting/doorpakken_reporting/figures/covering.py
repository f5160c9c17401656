"""How far each need of the open pitches came, by the arithmetic that all services share."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from doorpakken_events.coverage import Coverage, Share, covered
from doorpakken_events.registration import CommitmentState, Need, OfferState, PitchState

OPEN_STATES = ("submitted", "accepted")


@dataclass(frozen=True)
class CoveredNeed:
    """A need with its pitch; `offers` are those that stand, in whatever unit."""

    pitch: PitchState
    need: Need
    offers: Sequence[OfferState]
    promises: Sequence[CommitmentState]

    @property
    def coverage(self) -> Coverage:
        return self._covered(self.offers, self.promises)

    @property
    def givers(self) -> frozenset[str]:
        """The organisations that offer or promise something."""
        found = {one.organisation_id for one in self.offers}
        found |= {one.organisation_id for one in self.promises}
        return frozenset(one for one in found if one)

    def coverage_by(self, organisation_ids: frozenset[str]) -> Coverage:
        """What these gave of it, as if there were no others."""
        return self._covered(
            [one for one in self.offers if one.organisation_id in organisation_ids],
            [one for one in self.promises if one.organisation_id in organisation_ids],
        )

    def _covered(
        self, offers: Iterable[OfferState], promises: Iterable[CommitmentState]
    ) -> Coverage:
        """Only amounts in the need's own unit count."""
        amounts = {one.offer_id: one.amount for one in offers if one.unit == self.need.unit}
        shares = [share_of(one) for one in promises if one.unit == self.need.unit]
        is_closed = self.need.closed_at is not None
        return covered(self.need.amount, amounts, shares, is_closed=is_closed)


def cover_needs(
    pitches: Iterable[PitchState],
    offers: Iterable[OfferState],
    commitments: Iterable[CommitmentState],
) -> list[CoveredNeed]:
    standing = [one for one in offers if one.state == "offered"]
    promises = [one for one in commitments if one.need_id]
    return [
        CoveredNeed(
            pitch,
            need,
            [one for one in standing if one.need_id == need.need_id],
            [one for one in promises if one.need_id == need.need_id],
        )
        for pitch in pitches
        if pitch.state in OPEN_STATES
        for need in pitch.needs
    ]


def share_of(one: CommitmentState) -> Share:
    return Share(
        one.state,
        one.amount or 0,
        one.delivered_amount or 0,
        one.confirmed_amount or 0,
        one.offer_id,
    )

"""Explicit signals about a pitch: wishes, support and offers. Pure.
Unconfirmed support and withdrawn offers are ignored."""

from collections.abc import Iterable
from dataclasses import dataclass

from doorpakken_events import states
from doorpakken_events.registration import (
    AttendeeState,
    EndorsementState,
    OfferState,
    PitchState,
    WishesStated,
)

BY_RANK = (1.0, 0.7, 0.5)
OWN, OF_ORGANISATION = 1.0, 0.6


@dataclass(frozen=True, slots=True)
class Stated:
    """One attendee's signals about one pitch; `strength` is that of the strongest signal, 0-1."""

    strength: float
    has_wished: bool
    supports: bool
    need_ids: frozenset[str]


class Statements:
    """All signals at a gathering, by the person or organisation that gave them."""

    def __init__(
        self,
        wishes: Iterable[WishesStated],
        support: Iterable[EndorsementState],
        offers: Iterable[OfferState],
    ) -> None:
        self._wishes = {one.attendee_id: one.pitch_ids for one in wishes}
        self._support = {
            (one.pitch_id, supporter)
            for one in support
            if one.state == states.Endorsement.CONFIRMED
            for supporter in (one.person_id, one.organisation_id)
            if supporter
        }
        self._offers = {
            (one.need_id, giver)
            for one in offers
            if one.state == states.Offer.OFFERED and one.need_id
            for giver in (one.person_id, one.organisation_id)
            if giver
        }

    def of(self, attendee: AttendeeState, pitch: PitchState) -> Stated:
        wish = self._wish(attendee.attendee_id, pitch.pitch_id)
        support = self._strength(attendee, pitch.pitch_id, self._support)
        offered = {
            need.need_id: self._strength(attendee, need.need_id, self._offers)
            for need in pitch.needs
        }
        return Stated(
            strength=max(wish, support, *offered.values(), 0.0),
            has_wished=wish > 0,
            supports=support > 0,
            need_ids=frozenset(need_id for need_id, strength in offered.items() if strength),
        )

    def _wish(self, attendee_id: str, pitch_id: str) -> float:
        ranked = dict(zip(self._wishes.get(attendee_id, ()), BY_RANK, strict=False))
        return ranked.get(pitch_id, 0.0)

    @staticmethod
    def _strength(attendee: AttendeeState, about: str, said: set[tuple[str, str]]) -> float:
        if (about, attendee.person_id) in said:
            return OWN
        organisation = attendee.organisation_id
        return OF_ORGANISATION if organisation and (about, organisation) in said else 0.0

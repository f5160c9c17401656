"""Maps a commitment to the events on its topics. What is written in `how` stays out of them unless
it may be published."""

from datetime import datetime
from typing import TypedDict

from doorpakken_events.registration import CommitmentState, Told

from doorpakken_registration.commitments.model.commitment import Commitment


def event_of(kind: type[CommitmentState], one: Commitment) -> CommitmentState:
    return kind(
        commitment_id=one.id,
        gathering_id=one.gathering_id,
        pitch_id=one.pitch_id,
        need_id=one.need_id,
        session_id=one.session_id,
        agreement_id=one.agreement_id,
        offer_id=one.offer_id,
        endorsement_id=one.endorsement_id,
        kind=one.kind,
        category=one.category,
        unit=one.unit,
        organisation_id=one.organisation_id,
        person_id=one.person_id,
        hand_over_to=one.hand_over_to,
        made_by=one.made_by,
        what=one.what,
        how="" if one.publication == "none" else one.how,
        asked_amount=one.asked_amount,
        amount=one.amount,
        delivered_amount=one.delivered_amount,
        confirmed_amount=one.confirmed_amount,
        first_due=one.first_due,
        due=one.due,
        replans=one.replans,
        planned_at=one.planned_at,
        consult_until=one.consult_until,
        state=one.state,
        reason=one.reason,
        publication=one.publication,
        asks=one.asks,
        told=tuple(Told(what=told.what, due=told.due, at=told.at) for told in one.told),
        **_moments(one),
    )


class _Moments(TypedDict):
    made_at: datetime
    answered_at: datetime | None
    accepted_at: datetime | None
    delivered_at: datetime | None
    confirmed_at: datetime | None
    disputed_at: datetime | None
    ended_at: datetime | None


def _moments(one: Commitment) -> _Moments:
    return {
        "made_at": one.made_at,
        "answered_at": one.answered_at,
        "accepted_at": one.accepted_at,
        "delivered_at": one.delivered_at,
        "confirmed_at": one.confirmed_at,
        "disputed_at": one.disputed_at,
        "ended_at": one.ended_at,
    }

"""Maps a pitch to the events on its topics."""

from doorpakken_events.catalogue import event_of_move
from doorpakken_events.moves import START
from doorpakken_events.registration import Need as SaidNeed
from doorpakken_events.registration import PitchState

from doorpakken_registration.pitches.model.pitch import Need, Pitch


def event_of(before: Pitch | None, pitch: Pitch) -> PitchState:
    """Raises ForbiddenMove."""
    kind = event_of_move(PitchState, before.state if before else START, pitch.state)
    return kind(
        pitch_id=pitch.id,
        gathering_id=pitch.gathering_id,
        kind=pitch.kind,
        title=pitch.title,
        summary=pitch.summary,
        pitchers=pitch.pitchers,
        organisation_id=pitch.organisation_id,
        continues=pitch.continues,
        needs=tuple(map(_need_said, pitch.needs)),
        state=pitch.state,
        submitted_at=pitch.submitted_at,
        reviewed_at=pitch.reviewed_at,
        reason=pitch.reason,
    )


def _need_said(need: Need) -> SaidNeed:
    return SaidNeed(
        need_id=need.need_id,
        category=need.category,
        description=need.description,
        amount=need.amount,
        unit=need.unit,
        wanted_by=need.wanted_by,
        closed_at=need.closed_at,
        closed_reason=need.closed_reason,
        continues=need.continues,
    )

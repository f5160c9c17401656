"""Work sessions and who has a seat or waits for one. Refuses nothing; a session that was called off
is counted but not listed."""

from collections import Counter, defaultdict
from collections.abc import Sequence

from doorpakken_events.matching import SessionState
from doorpakken_events.registration import PitchState, SignUpState
from pydantic import AwareDatetime, BaseModel

LISTED_STATES = ("scheduled", "rescheduled", "took_place")


class Session(BaseModel):
    """One session; `title` is its pitch's, None while the pitch was not heard of yet."""

    session_id: str
    pitch_id: str
    title: str | None
    starts_at: AwareDatetime
    ends_at: AwareDatetime
    place: str
    host: str | None
    state: str
    capacity_min: int
    capacity_max: int
    active: int
    held: int
    waitlisted: int


class Sessions(BaseModel):
    """The sessions of a gathering."""

    sessions: list[Session]
    sessions_cancelled: int
    seats: int
    waitlisted: int


def count_sessions(
    sessions: Sequence[SessionState],
    sign_ups: Sequence[SignUpState],
    pitches: Sequence[PitchState],
) -> Sessions:
    """The figures of these sessions, the earliest first."""
    titles = {pitch.pitch_id: pitch.title for pitch in pitches}
    states: dict[str, Counter[str]] = defaultdict(Counter)
    for sign_up in sign_ups:
        states[sign_up.session_id][sign_up.state] += 1
    listed = [
        _session(one, states[one.session_id], titles.get(one.pitch_id))
        for one in sorted(sessions, key=lambda one: (one.starts_at, one.session_id))
        if one.state in LISTED_STATES
    ]
    return Sessions(
        sessions=listed,
        sessions_cancelled=sum(one.state == "cancelled" for one in sessions),
        seats=sum(one.active for one in listed),
        waitlisted=sum(one.waitlisted for one in listed),
    )


def _session(session: SessionState, states: Counter[str], title: str | None) -> Session:
    told = session.model_dump(include=Session.model_fields.keys() - {"title"})
    return Session(
        **told,
        title=title,
        active=states["active"],
        held=states["held"] + states["offered"],
        waitlisted=states["waitlisted"],
    )

"""Figures about work sessions: seats, waitlists and the hosts' answers. A cancelled session is
counted but not listed."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from doorpakken_events.matching import SessionState
from doorpakken_events.registration import HostAnswered, PitchState, SignUpState
from pydantic import AwareDatetime, BaseModel

LISTED_STATES = ("scheduled", "rescheduled", "took_place")
HOSTS_SAY = ("yes", "no", "other_slot")


class Seats(BaseModel):
    """Seats by how they stand; all but `waitlisted` take a place."""

    active: int = 0
    held: int = 0
    offered: int = 0
    conflict: int = 0
    waitlisted: int = 0


class Session(Seats):
    """One session; `title` is its pitch's, None while the pitch was not heard of yet. `over` is how
    many more places are taken than there are, `host_says` None until the host answers."""

    session_id: str
    pitch_id: str
    title: str | None
    starts_at: AwareDatetime
    ends_at: AwareDatetime
    place: str
    host: str | None
    host_says: str | None
    state: str
    capacity_min: int
    capacity_max: int
    taken: int
    over: int


class Sessions(BaseModel):
    """The sessions of a gathering; `seats` are the active ones, `sign_ups_ended` is by reason."""

    sessions: list[Session]
    sessions_cancelled: int
    seats: int
    waitlisted: int
    seats_by_state: Seats
    sign_ups_ended: dict[str, int]
    hosts: dict[str, int]


def count_sessions(
    sessions: Sequence[SessionState],
    sign_ups: Sequence[SignUpState],
    pitches: Iterable[PitchState],
    host_answers: Iterable[HostAnswered],
) -> Sessions:
    titles = {pitch.pitch_id: pitch.title for pitch in pitches}
    says = _last_of_hosts(host_answers)
    states: dict[str, Counter[str]] = defaultdict(Counter)
    for sign_up in sign_ups:
        states[sign_up.session_id][sign_up.state] += 1
    listed = [
        _session(one, states[one.session_id], titles.get(one.pitch_id), says)
        for one in sorted(sessions, key=lambda one: (one.starts_at, one.session_id))
        if one.state in LISTED_STATES
    ]
    ended = Counter(one.reason or "" for one in sign_ups if one.state == "ended")
    totals = {state: sum(getattr(one, state) for one in listed) for state in Seats.model_fields}
    return Sessions(
        sessions=listed,
        sessions_cancelled=sum(one.state == "cancelled" for one in sessions),
        seats=totals["active"],
        waitlisted=totals["waitlisted"],
        seats_by_state=Seats(**totals),
        sign_ups_ended=dict(sorted(ended.items())),
        hosts=_hosts(listed),
    )


Asked = tuple[str, str | None]


def _last_of_hosts(answers: Iterable[HostAnswered]) -> dict[Asked, str]:
    """By session and person, so that the answer of a replaced host does not count."""
    in_order = sorted(answers, key=lambda one: (one.answered_at, one.hosting_id))
    return {(one.session_id, one.person_id): one.answer for one in in_order}


def _hosts(sessions: Sequence[Session]) -> dict[str, int]:
    said = Counter(one.host_says or "none" for one in sessions)
    return {word: said[word] for word in dict.fromkeys((*HOSTS_SAY, "none", *sorted(said)))}


def _session(
    session: SessionState, states: Counter[str], title: str | None, says: dict[Asked, str]
) -> Session:
    told = session.model_dump(include=set(Session.model_fields) & set(SessionState.model_fields))
    seats = {state: states[state] for state in Seats.model_fields}
    taken = sum(seats.values()) - seats["waitlisted"]
    return Session(
        **told,
        **seats,
        title=title,
        host_says=says.get((session.session_id, session.host)),
        taken=taken,
        over=max(0, taken - session.capacity_max),
    )

"""The result of a run: sessions in slots and rooms, and each attendee's seats and alternatives."""

from datetime import datetime
from typing import Annotated

from doorpakken_events.event import OneOf
from doorpakken_events.matching import Reason, Suggestion
from pydantic import BaseModel, ConfigDict

NotChosen = Annotated[str, OneOf("full", "overlap", "enough", "organisation", "low_score")]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True)


class PlannedSession(_Part):
    """One pitch's work session; `seats` counts those the plan gives away or finds taken."""

    session_id: str
    pitch_id: str
    title: str
    slot: str
    room: str
    starts_at: datetime
    ends_at: datetime
    place: str
    address: str = ""
    link: str | None = None
    host: str | None = None
    need_ids: tuple[str, ...] = ()
    capacity_min: int
    capacity_max: int
    seats: int
    short_by: int


class Unopened(_Part):
    """A pitch that got no session, and why."""

    pitch_id: str
    title: str
    reason: Annotated[str, OneOf("no_place_left", "pitcher_busy", "cancelled_by_staff")]


class Scored(_Part):
    """A session for somebody, with the parts its score is made of (thousandths)."""

    session_id: str
    score: int
    parts: dict[str, int] = {}
    reasons: tuple[Reason, ...] = ()
    not_chosen: NotChosen | None = None

    def suggestion(self) -> Suggestion:
        return Suggestion(session_id=self.session_id, score=self.score, reasons=self.reasons)


class Recommendation(_Part):
    """One attendee's seats and alternatives; both may be empty."""

    attendee_id: str
    seats: tuple[Scored, ...] = ()
    alternatives: tuple[Scored, ...] = ()


class Figures(_Part):
    """How good the plan is, in people and seats."""

    people: int
    people_with_seat: int
    people_with_good_session: int
    seats: int
    capacity: int
    sessions: int
    sessions_below_minimum: int


class Plan(_Part):
    """One run, whole: the same inputs give the same bytes."""

    run_id: str
    gathering_id: str
    answer_by: datetime | None = None
    sessions: tuple[PlannedSession, ...]
    unopened: tuple[Unopened, ...]
    recommendations: tuple[Recommendation, ...]
    figures: Figures

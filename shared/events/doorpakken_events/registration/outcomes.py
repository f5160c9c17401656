"""What registration says of what came of a work session."""

from datetime import date
from typing import Annotated

from pydantic import Field

from doorpakken_events import states
from doorpakken_events.event import Event, Id, LongText, Moment, OneOf, Part

ASKED = ("morning_after", "after_3_days", "after_7_days")


class Asking(Part):
    """That who leads the session was asked once what came of it: which time, about the session of
    which day, and when."""

    what: Annotated[str, OneOf(*ASKED)]
    due: date
    at: Moment


class SessionReported(Event):
    """What came of a work session: who was there and what was agreed, or why nothing was. While it
    is `open`, who leads the session is still writing, or has to be asked: each asking adds to
    `told`, and the newest one there calls for a mail. It may change after it is `done`."""

    TOPIC = "session-reported"
    AGGREGATE = "outcome"
    KEY = "session_id"
    session_id: Id
    gathering_id: Id
    came: tuple[Id, ...] = Field(default=(), description="attendees who were there")
    others: int = Field(default=0, ge=0, description="how many more were there")
    commitment_ids: tuple[Id, ...] = Field(default=(), description="without those struck out")
    why_nothing: LongText | None = None
    next_day: date | None = None
    told: tuple[Asking, ...] = ()
    state: Annotated[str, OneOf(*states.Outcome)]
    reported_at: Moment | None = Field(default=None, description="when it was done first")

"""What matching says: recommendations, plans, work sessions and who leads them."""

from typing import Annotated

from pydantic import Field

from doorpakken_events import states
from doorpakken_events.event import Event, Id, Moment, OneOf, Part, ShortText
from doorpakken_events.words import Category, Kind


class Reason(Part):
    """Why a session fits somebody, in a form that a mail can say in any language."""

    code: Annotated[
        str,
        OneOf(
            "offer_meets_need",
            "shared_interest",
            "supports_pitch",
            "wished_for",
            "similar_text",
            "kind_is_scarce",
        ),
    ]
    need_id: Id | None = None
    category: Category | None = None
    word: ShortText | None = None


class Suggestion(Part):
    """A session that fits an attendee; score 0-1000."""

    session_id: Id
    score: int = Field(ge=0, le=1000)
    reasons: tuple[Reason, ...] = ()


class SessionsRecommended(Event):
    """What one plan has for one attendee: seats chosen and alternatives, both possibly empty; or
    that it has nothing for them any more, because their check-in was undone."""

    TOPIC = "sessions-recommended"
    AGGREGATE = "recommendation"
    KEY = "attendee_id"
    attendee_id: Id
    gathering_id: Id
    run_id: Id
    seats: tuple[Suggestion, ...] = ()
    alternatives: tuple[Suggestion, ...] = ()
    is_taken_back: bool = Field(
        default=False, description="it counts no more; they are owed no invitation"
    )


class PlanPublished(Event):
    """A plan was published; it opens the wave of the same id."""

    TOPIC = "plan-published"
    AGGREGATE = "plan"
    KEY = "run_id"
    run_id: Id
    gathering_id: Id
    recommendations: int = Field(ge=0)
    sessions: int = Field(ge=0)
    answer_by: Moment
    published_at: Moment


class SessionState(Event):
    """A work session around one pitch, whole."""

    AGGREGATE = "session"
    KEY = "session_id"
    NAMES = ("host",)
    session_id: Id
    gathering_id: Id
    run_id: Id
    pitch_id: Id
    need_ids: tuple[Id, ...] = ()
    host: Id | None = Field(default=None, description="person id")
    starts_at: Moment
    ends_at: Moment
    place: ShortText
    address: ShortText = ""
    link: ShortText | None = Field(
        default=None, description="empty: where people meet on line is said on `session-link`"
    )
    capacity_min: int = Field(ge=0)
    capacity_max: int = Field(ge=1)
    mix: dict[Kind, int] = {}
    state: Annotated[str, OneOf(*states.Session)]
    reason: ShortText | None = None


class SessionScheduled(SessionState):
    """A work session has its time and place."""

    TOPIC = "session-scheduled"


class SessionCancelled(SessionState):
    """A work session will not take place."""

    TOPIC = "session-cancelled"


class SessionRescheduled(SessionState):
    """A work session has another time or place than was said before."""

    TOPIC = "session-rescheduled"


class SessionTookPlace(SessionState):
    """It was said what came of a work session."""

    TOPIC = "session-took-place"


class SessionLink(Event):
    """Where a session is met on line; for who has a seat, leads it or is staff, so on no topic that
    everybody may read."""

    TOPIC = "session-link"
    AGGREGATE = "session-link"
    KEY = "session_id"
    session_id: Id
    gathering_id: Id
    link: ShortText | None = None


class SlotChoice(Part):
    """A time at which the session could be instead."""

    slot_id: Id
    starts_at: Moment
    ends_at: Moment


class HostAsked(Event):
    """A person is asked to lead a session, and what they said by now."""

    TOPIC = "host-asked"
    AGGREGATE = "hosting"
    KEY = "hosting_id"
    hosting_id: Id
    gathering_id: Id
    session_id: Id
    person_id: Id
    ask: int = Field(ge=1, description="which time they are asked, from 1")
    starts_at: Moment
    ends_at: Moment
    other_slots: tuple[SlotChoice, ...] = ()
    state: Annotated[str, OneOf(*states.Hosting)]
    asked_at: Moment
    answered_at: Moment | None = None

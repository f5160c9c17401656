"""What registration says of seats in work sessions, and of what people answer when asked."""

from typing import Annotated

from pydantic import Field

from doorpakken_events import states
from doorpakken_events.event import Event, Id, Moment, OneOf, ShortText


class SignUpState(Event):
    """One attendee's place in one work session."""

    AGGREGATE = "sign-up"
    KEY = "sign_up_id"
    sign_up_id: Id
    gathering_id: Id
    session_id: Id
    attendee_id: Id
    state: Annotated[str, OneOf(*states.SignUp)]
    place: int | None = Field(default=None, ge=1, description="place in line, from 1")
    hold_until: Moment | None = None
    reason: ShortText | None = None
    signed_up_at: Moment
    ended_at: Moment | None = None


class SessionJoined(SignUpState):
    """A seat became active."""

    TOPIC = "session-joined"


class SessionWaitlisted(SignUpState):
    """The session was full: a place in line."""

    TOPIC = "session-waitlisted"


class SessionOffered(SignUpState):
    """A free place is offered to the next in line, until `hold_until`."""

    TOPIC = "session-offered"


class SessionLeft(SignUpState):
    """A sign-up ended, with a reason."""

    TOPIC = "session-left"


class SignUpUpdated(SignUpState):
    """A seat is held, or ended before it was active, or is in conflict, or no longer so."""

    TOPIC = "sign-up-updated"


class InvitationAnswered(Event):
    """What an attendee answered to one wave."""

    TOPIC = "invitation-answered"
    AGGREGATE = "answer"
    KEY = "answer_id"
    answer_id: Id
    gathering_id: Id
    wave_id: Id
    attendee_id: Id
    answer: Annotated[str, OneOf(*states.Answer)]
    reason: Annotated[str, OneOf("no_time", "wrong_time", "not_for_me")] | None = None
    answered_at: Moment


class HostAnswered(Event):
    """Whether who was asked to lead a session will do so, or at another time."""

    TOPIC = "host-answered"
    AGGREGATE = "hosting-answer"
    KEY = "hosting_id"
    hosting_id: Id
    gathering_id: Id
    session_id: Id
    person_id: Id
    ask: int = Field(ge=1, description="which time they were asked, from 1")
    answer: Annotated[str, OneOf(*states.HostingAnswer)]
    slot_id: Id | None = Field(default=None, description="the time they would rather have")
    answered_at: Moment

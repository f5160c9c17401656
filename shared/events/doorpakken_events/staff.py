"""Who may do what, and which sessions of theirs ended early; every service holds to it."""

from typing import Annotated

from doorpakken_events.event import Event, Id, Moment, OneOf, Part


class RevokedSession(Part):
    """A staff session whose tokens are refused until they have all run out."""

    session_id: Id
    until: Moment


class StaffState(Event):
    """A member of staff: roles per gathering id (`*` is every one) and sessions ended early."""

    AGGREGATE = "staff"
    KEY = "staff_id"
    staff_id: Id
    person_id: Id | None = None
    active: bool = True
    roles: dict[str, Annotated[str, OneOf("administrator", "door", "organiser", "reader")]] = {}
    revoked_sessions: tuple[RevokedSession, ...] = ()


class StaffChanged(StaffState):
    """A member of staff was added or their roles changed."""

    TOPIC = "staff-changed"


class StaffSessionRevoked(StaffState):
    """A staff session ended before its time."""

    TOPIC = "staff-session-revoked"

"""Refusals of matching: each has a status, a stable slug and a sentence that says what to do."""

from doorpakken_plumbing.http.errors import Conflict, Invalid


class RoomExists(Conflict):
    """The gathering has a room of that name."""

    slug = "room-exists"


class SlotExists(Conflict):
    """The gathering has a slot of exactly those times."""

    slug = "slot-exists"


class RoomInUse(Conflict):
    """A session stands in this room; `sessions` names it."""

    slug = "room-in-use"


class SlotInUse(Conflict):
    """A session stands at this time; `sessions` names it."""

    slug = "slot-in-use"


class SlotEndsTooEarly(Invalid):
    """The slot would end before it starts."""

    slug = "slot-ends-too-early"


class SlotOutsideWindow(Invalid):
    """The slot is not in the gathering's follow-up window."""

    slug = "slot-outside-window"


class GatheringCancelled(Conflict):
    """A cancelled gathering gets no plan."""

    slug = "gathering-cancelled"


class NoRooms(Conflict):
    """A plan needs rooms."""

    slug = "no-rooms"


class NoSlots(Conflict):
    """A plan needs slots that are still to come."""

    slug = "no-slots"


class NoAcceptedPitches(Conflict):
    """A plan needs pitches to make sessions of."""

    slug = "no-accepted-pitches"


class NobodyCheckedIn(Conflict):
    """A plan is for who was present."""

    slug = "nobody-checked-in"


class TooManyPeople(Conflict):
    """More people than one run may hold."""

    slug = "too-many-people"


class AnswerByOutOfRange(Invalid):
    """People cannot answer by then."""

    slug = "answer-by-out-of-range"


class SessionCancelled(Conflict):
    """The session will not take place, so nothing of it changes."""

    slug = "session-cancelled"


class SessionBegun(Conflict):
    """The session has begun, so nothing of it changes."""

    slug = "session-begun"


class SlotPassed(Conflict):
    """The slot has begun already."""

    slug = "slot-passed"


class RoomTaken(Conflict):
    """Another session is in that room then, or no fitting room is free."""

    slug = "room-taken"


class HostBusy(Conflict):
    """The host leads another session at that time."""

    slug = "host-busy"


class HostNotPresent(Invalid):
    """Only who was present or pitches can lead."""

    slug = "host-not-present"


class ReasonNotPublic(Invalid):
    """Everybody reads the reason, and it tells how to reach somebody."""

    slug = "contact-details-in-public-text"


class PlanOutdated(Conflict):
    """What the plan was made from is no longer so."""

    slug = "plan-outdated"


class PlanSuperseded(Conflict):
    """A later plan was published."""

    slug = "plan-superseded"

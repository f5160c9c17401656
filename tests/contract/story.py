"""Three short stories, each told by two services in seven events on seven topics."""

from dataclasses import dataclass, replace

from doorpakken_events.catalogue import topic_of
from doorpakken_events.event import Event
from doorpakken_events.golden import EXAMPLE_OF
from doorpakken_events.golden.example import Example, at
from doorpakken_events.matching import SessionCancelled, SessionRescheduled
from doorpakken_events.registration import AttendeeCancelled, SessionLeft

from tests.amounts import amount


@dataclass(frozen=True)
class Story:
    """`before` is what it stands on, said first; `told` may come in any order, of which so many
    are drawn for the database."""

    name: str
    drawn: int
    before: tuple[Example, ...]
    told: tuple[Example, ...]

    @property
    def emitters(self) -> set[str]:
        return {topic_of(type(example.event)).emitter for example in self.told}


def _golden(*topics: str) -> tuple[Example, ...]:
    return tuple(EXAMPLE_OF[topic] for topic in topics)


def _next(event: type[Event], after: str, **changes: object) -> Example:
    """The next state of the aggregate whose last event was said on topic `after`."""
    example = EXAMPLE_OF[after]
    return replace(
        example,
        event=event(**example.event.model_dump() | changes),
        version=example.version + 1,
        number=example.number + 100,
    )


PLANNED = Story(
    "from a sign-up to a published plan",
    drawn=amount(usual=15, full=100),
    before=_golden("pitch-submitted", "pitch-reviewed"),
    told=_golden(
        "gathering-published",
        "person-contact",
        "attendee-registered",
        "attendee-checked-in",
        "session-scheduled",
        "sessions-recommended",
        "plan-published",
    ),
)
GIVEN_UP = Story(
    "a seat that ends with all it stood on",
    drawn=amount(usual=8, full=40),
    before=_golden("gathering-published", "person-contact", "pitch-submitted", "plan-published"),
    told=(
        *_golden("attendee-registered", "session-scheduled", "sessions-recommended"),
        *_golden("session-joined"),
        _next(AttendeeCancelled, "attendee-registered", state="cancelled", cancelled_at=at(9, 8)),
        _next(SessionCancelled, "session-scheduled", state="cancelled", reason="Zaal bezet."),
        _next(SessionLeft, "session-joined", state="ended", reason="left", ended_at=at(9, 8)),
    ),
)
ONLINE = Story(
    "a session that is met on line and moved",
    drawn=amount(usual=8, full=40),
    before=_golden("gathering-published", "person-contact", "pitch-submitted", "plan-published"),
    told=(
        *_golden("attendee-registered", "session-scheduled", "session-link"),
        *_golden("sessions-recommended", "session-joined"),
        _next(SessionRescheduled, "session-scheduled", state="rescheduled", place="Zaal Uil"),
        _next(SessionLeft, "session-joined", state="ended", reason="left", ended_at=at(9, 8)),
    ),
)
STORIES = (PLANNED, GIVEN_UP, ONLINE)

"""A short story told by two services on seven topics, from a sign-up to a published plan."""

from doorpakken_events.catalogue import topic_of
from doorpakken_events.golden import EXAMPLE_OF
from doorpakken_events.golden.example import Example

STORY: tuple[Example, ...] = tuple(
    EXAMPLE_OF[topic]
    for topic in (
        "gathering-published",
        "person-contact",
        "attendee-registered",
        "attendee-checked-in",
        "session-scheduled",
        "sessions-recommended",
        "plan-published",
    )
)
# What the story stands on, said before it.
BEFORE: tuple[Example, ...] = (EXAMPLE_OF["pitch-submitted"], EXAMPLE_OF["pitch-reviewed"])
EMITTERS = {topic_of(type(example.event)).emitter for example in STORY}

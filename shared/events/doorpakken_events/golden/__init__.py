"""One example of every event, together one story: what emitters and hearers are tested with.
Persons, addresses and promises are invented."""

from doorpakken_events.golden import (
    commitments,
    gatherings,
    matching,
    notification,
    outcomes,
    persons,
    pitches,
    portraits,
    seats,
    staff_work,
)
from doorpakken_events.golden.example import Example

_STORY = (
    gatherings,
    persons,
    pitches,
    portraits,
    matching,
    notification,
    seats,
    staff_work,
    commitments,
    outcomes,
)

EXAMPLES: tuple[Example, ...] = tuple(
    sorted((e for part in _STORY for e in part.EXAMPLES), key=lambda example: example.time)
)
EXAMPLE_OF: dict[str, Example] = {example.topic: example for example in EXAMPLES}

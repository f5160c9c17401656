"""What a member of staff did, when, to what, and on whose behalf."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Act:
    """`did` is a code word, `object_id` what was changed, `person_id` whose it is. Without
    `staff_id` the one who did it is not known any more."""

    id: str
    at: datetime
    staff_id: str | None
    did: str
    object_id: str
    gathering_id: str | None
    person_id: str | None

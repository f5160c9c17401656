"""What is known, from all topics together, about the people mails may be owed to.
Refuses nothing: any part may be missing, because topics arrive in any order."""

from dataclasses import dataclass

from doorpakken_events.matching import SessionsRecommended
from doorpakken_events.registration import AttendeeState, LinkRequested, SignUpState


@dataclass(frozen=True)
class Facts:
    """The newest states around one attendee, or around one request for a link."""

    attendee: AttendeeState | None = None
    recommendation: SessionsRecommended | None = None
    is_released: bool = False  # the wave of the recommendation's run
    is_erased: bool = False  # the person
    sign_ups: tuple[SignUpState, ...] = ()
    link_request: LinkRequested | None = None

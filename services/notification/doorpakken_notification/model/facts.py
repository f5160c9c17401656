"""What is known, from all topics together, about the people mails may be owed to. Any part may be
missing, because topics arrive in any order."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from doorpakken_events.matching import HostAsked, SessionsRecommended, SessionState
from doorpakken_events.registration import (
    AttendeeState,
    GatheringState,
    LinkRequested,
    MailRequested,
    SignUpState,
)

from doorpakken_notification.model.calendar_notices import Told


@dataclass(frozen=True)
class Facts:
    """The newest states around one attendee, or around one thing somebody is asked or asked for."""

    attendee: AttendeeState | None = None
    recommendation: SessionsRecommended | None = None
    is_released: bool = False  # the wave of the recommendation's run
    is_erased: bool = False  # the person
    sign_ups: tuple[SignUpState, ...] = ()
    sessions: Mapping[str, tuple[SessionState, int]] = field(default_factory=dict)
    told: tuple[Told, ...] = ()  # what the attendee was told of times and places
    link_request: LinkRequested | None = None
    mail_request: MailRequested | None = None
    hosting: HostAsked | None = None
    gathering: GatheringState | None = None  # of the attendee
    gathering_version: int | None = None

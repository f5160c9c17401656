"""What waits for staff at a gathering: each service says its own lines, as one whole state."""

from typing import Annotated

from pydantic import Field

from doorpakken_events.event import Event, Id, Moment, OneOf, Part, ShortText

# Who has work for staff; reporting owns nothing that could wait.
EMITTERS = ("registration", "matching", "notification")
KINDS = (
    "hosts_to_ask",
    "insights_to_read",
    "mails_set_apart",
    "no_answer",
    "no_rooms",
    "on_paper",
    "organisations_without_contact",
    "other_time_asked",
    "outcomes_to_write",
    "pitches_to_review",
    "places_to_fill",
    "promises_disputed",
    "promises_no_answer",
    "promises_not_confirmed",
    "promises_past_date",
    "promises_without_owner",
    "sessions_too_small",
    "support_to_confirm",
    "supported_not_promised",
    "wave_ready",
)


class WorkLine(Part):
    """One kind of thing that waits, and the page on which staff do it."""

    kind: Annotated[str, OneOf(*KINDS)]
    count: int = Field(ge=1)
    since: Moment | None = None
    service: Annotated[str, OneOf(*EMITTERS, "reporting")] = Field(
        description="the service that has the page"
    )
    path: ShortText = Field(pattern=r"^/", description="of the page, below the service's address")


class StaffWork(Event):
    """What waits for staff at one gathering, as one service knows it; without lines nothing."""

    TOPIC = "staff-work"
    AGGREGATE = "staff-work"
    KEY = "staff_work_id"
    staff_work_id: Id
    service: Annotated[str, OneOf(*EMITTERS)]
    gathering_id: Id
    lines: tuple[WorkLine, ...] = ()

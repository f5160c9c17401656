"""What registration says of commitments: promises toward a need, and actions."""

from datetime import date
from typing import Annotated

from pydantic import Field

from doorpakken_events import commitment_moves, states
from doorpakken_events.event import Event, Id, LongText, Moment, OneOf, Part, ShortText
from doorpakken_events.words import Category, Unit

KINDS = ("promise", "action")
MADE_BY = ("owner", "host", "member", "staff")
PUBLICATION = ("with_name", "without_name", "none")
ENDED_BECAUSE = (
    "declined",
    "entered_wrongly",
    "not_delivered",
    "withdrawn",
    "released",
    "pitch_withdrawn",
    "person_erased",
)
TOLD = (
    "asked_again_5",
    "asked_again_12",
    "no_answer",
    "consult",
    "week_before",
    "day_before",
    "past_1",
    "past_7",
    "past_14",
    "confirm_again",
    "not_confirmed",
)


class Told(Part):
    """That a timer said something once: what, about which day, and when it did."""

    what: Annotated[str, OneOf(*TOLD)]
    due: date
    at: Moment


class CommitmentState(Event):
    """One owner's promise toward a need, or an action that gives nothing toward one, whole.
    Amounts are in the need's unit; money in euro cents."""

    AGGREGATE = "commitment"
    KEY = "commitment_id"
    NAMES = ("hand_over_to",)
    commitment_id: Id
    gathering_id: Id
    pitch_id: Id
    need_id: Id | None = None
    session_id: Id | None = None
    agreement_id: Id | None = Field(default=None, description="lines that were agreed together")
    offer_id: Id | None = None
    endorsement_id: Id | None = None
    kind: Annotated[str, OneOf(*KINDS)]
    category: Category | None = None
    unit: Unit | None = None
    organisation_id: Id | None = None
    person_id: Id | None = None
    hand_over_to: Id | None = None
    made_by: Annotated[str, OneOf(*MADE_BY)]
    what: ShortText
    how: LongText = ""
    asked_amount: int | None = Field(default=None, gt=0, description="as it was written down")
    amount: int | None = Field(default=None, gt=0, description="what the owner said yes to")
    delivered_amount: int | None = Field(default=None, ge=0)
    confirmed_amount: int | None = Field(default=None, ge=0)
    first_due: date
    due: date
    replans: int = Field(default=0, ge=0)
    planned_at: Moment | None = Field(default=None, description="since when it is due on `due`")
    consult_until: date | None = None
    state: Annotated[str, OneOf(*states.Commitment)]
    reason: Annotated[str, OneOf(*ENDED_BECAUSE)] | None = Field(
        default=None, description="why it ended"
    )
    publication: Annotated[str, OneOf(*PUBLICATION)]
    asks: int = Field(default=0, ge=0, description="how many people were asked to answer")
    told: tuple[Told, ...] = ()
    made_at: Moment
    answered_at: Moment | None = None
    accepted_at: Moment | None = None
    delivered_at: Moment | None = None
    confirmed_at: Moment | None = None
    disputed_at: Moment | None = None
    ended_at: Moment | None = None


class CommitmentMade(CommitmentState):
    """Somebody promised something, or it was written down for them to answer."""

    TOPIC = commitment_moves.MADE


class CommitmentAnswered(CommitmentState):
    """Who was asked said yes, no, who decides, or until when they deliberate."""

    TOPIC = commitment_moves.ANSWERED


class CommitmentReplanned(CommitmentState):
    """It has a new date."""

    TOPIC = commitment_moves.REPLANNED


class CommitmentProgressed(CommitmentState):
    """Its owner says how far it is."""

    TOPIC = commitment_moves.PROGRESSED


class CommitmentDelivered(CommitmentState):
    """It is done, says who promised it; or what was done of it stays, though the rest ended."""

    TOPIC = commitment_moves.DELIVERED


class CommitmentConfirmed(CommitmentState):
    """Who needed it confirms what they got; an action that is done needs no confirmation."""

    TOPIC = commitment_moves.CONFIRMED


class CommitmentDisputed(CommitmentState):
    """Who needed it says that it is not done."""

    TOPIC = commitment_moves.DISPUTED


class CommitmentWithdrawn(CommitmentState):
    """It ended; the reason says why."""

    TOPIC = commitment_moves.WITHDRAWN


class CommitmentUpdated(CommitmentState):
    """Its state stays: another owner, what may be published, or a mistake put right."""

    TOPIC = commitment_moves.UPDATED


class CommitmentDueSoon(CommitmentState):
    """Something is asked of somebody: the newest in `told` says what."""

    TOPIC = commitment_moves.DUE_SOON


class CommitmentOverdue(CommitmentState):
    """A day passed: the newest in `told` says which."""

    TOPIC = commitment_moves.OVERDUE

"""A row of the ledger: one mail owed to one person, under a permanent business key. A sent mail
stays sent, whatever the facts say."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import NAMESPACE_URL, uuid5


class State(StrEnum):
    """The delivery state of a row."""

    DRAFT = "draft"
    QUEUED = "queued"
    LEASED = "leased"
    INTENT = "intent"
    RETRY = "retry"
    SENT = "sent"
    ON_PAPER = "on_paper"
    BOUNCED = "bounced"
    SUPPRESSED = "suppressed"
    STOPPED = "stopped"
    AMBIGUOUS = "ambiguous"


class Reason(StrEnum):
    """Why a row waits for a person or was stopped."""

    CANCELLED = "attendee_cancelled"
    ERASED = "person_erased"
    SEAT_ENDED = "seat_ended"
    SESSION_CANCELLED = "session_cancelled"
    NO_ADDRESS = "no_address"
    SUPPRESSED = "address_suppressed"
    UNSUBSCRIBED = "unsubscribed"
    REFUSED = "mail_refused"
    BOUNCED = "address_bounced"
    GAVE_UP = "gave_up"
    NOT_COMPOSED = "not_composed"
    BAD_ADDRESS = "address_not_mailable"
    TOO_LARGE = "mail_too_large"
    OUR_FAULT = "our_fault"
    DROPPED = "dropped_by_staff"
    UNKNOWN_OUTCOME = "unknown_outcome"
    NOT_OWED = "no_longer_owed"
    GATHERED = "in_another_mail"


# Reasons that follow from facts alone, so that newer facts may undo the stop.
FACTUAL = frozenset(
    {
        Reason.CANCELLED,
        Reason.SEAT_ENDED,
        Reason.SESSION_CANCELLED,
        Reason.ERASED,
        Reason.NOT_OWED,
    }
)
# Reasons that only staff can resolve: the row is set apart until they act.
FOR_STAFF = frozenset(
    {
        Reason.REFUSED,
        Reason.BOUNCED,
        Reason.GAVE_UP,
        Reason.NOT_COMPOSED,
        Reason.BAD_ADDRESS,
        Reason.TOO_LARGE,
        Reason.OUR_FAULT,
        Reason.UNKNOWN_OUTCOME,
    }
)
# States in which nothing has been handed to a mail server and nobody has printed anything yet.
OPEN = frozenset({State.QUEUED, State.LEASED, State.RETRY})


@dataclass(frozen=True)
class OwedMail:
    """What the facts call for: a draft, a mail to be sent at once, or a stop with its reason.

    `object_id` is what the mail is about: the sign-up, the hosting or the request, else empty.
    `session_version` is that of the session the mail is about, as known when it became owed."""

    key: str
    kind: str
    state: State
    gathering_id: str | None = None
    attendee_id: str | None = None
    person_id: str | None = None
    wave_id: str | None = None
    object_id: str = ""
    reason: Reason | None = None
    session_version: int | None = None

    @property
    def mail_id(self) -> str:
        return str(uuid5(NAMESPACE_URL, f"doorpakken:{self.key}"))


def next_state(current: State, reason: str | None, wanted: OwedMail) -> State:
    if current is State.DRAFT or follows_facts(current, reason):
        return wanted.state
    if wanted.state is State.STOPPED and current in OPEN | {State.ON_PAPER}:
        return State.STOPPED
    return current


def follows_facts(current: State, reason: str | None) -> bool:
    return current is State.STOPPED and reason in FACTUAL

"""The delivery states of a mail, why it waits or was stopped, and the table of its moves. A sent
mail stays sent, whatever the facts say."""

from enum import StrEnum

from doorpakken_notification.model.moves import Moves


class State(StrEnum):
    """The delivery state of a mail."""

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
    """Why a mail waits for a person or was stopped."""

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


class Cause(StrEnum):
    """Who or what moves a mail to another state."""

    FACTS = "facts"  # the facts call for another state
    NOT_OWED = "not_owed"  # the facts do not call for the mail any more
    RELEASE = "release"  # its wave is released
    LEASE = "lease"  # a sender takes it, gives it back or loses it
    SENDER = "sender"  # the sender that has it found out what becomes of it
    SERVER = "server"  # the mail server accepted it
    STAFF = "staff"  # staff send it again or drop it


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
# Reasons that only staff can resolve: the mail is set apart until they act.
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
# Nothing was handed to a mail server; what is on paper may not be printed yet.
UNSENT = frozenset({State.QUEUED, State.LEASED, State.RETRY, State.ON_PAPER})
# With a sender. What it finds out counts, even if the mail is with another sender by now.
IN_HAND = frozenset({State.LEASED, State.INTENT})
# The states of mails that are set apart for staff.
SET_APART = frozenset({State.STOPPED, State.BOUNCED, State.AMBIGUOUS})

MOVES = Moves(
    {
        # Only a stop that followed from facts is undone: see `next_state`.
        (Cause.FACTS, State.DRAFT): frozenset({State.STOPPED}),
        (Cause.FACTS, State.QUEUED): frozenset({State.DRAFT, State.STOPPED}),
        (Cause.FACTS, State.STOPPED): UNSENT | {State.DRAFT},
        (Cause.NOT_OWED, State.STOPPED): UNSENT | SET_APART,
        (Cause.RELEASE, State.QUEUED): frozenset({State.DRAFT}),
        (Cause.LEASE, State.LEASED): frozenset({State.QUEUED, State.RETRY}),
        (Cause.LEASE, State.QUEUED): frozenset({State.LEASED}),
        (Cause.SENDER, State.INTENT): frozenset({State.LEASED}),
        (Cause.SENDER, State.RETRY): frozenset({State.INTENT}),
        (Cause.SENDER, State.ON_PAPER): IN_HAND,
        (Cause.SENDER, State.BOUNCED): IN_HAND,
        (Cause.SENDER, State.SUPPRESSED): IN_HAND,
        (Cause.SENDER, State.STOPPED): IN_HAND,
        (Cause.SENDER, State.AMBIGUOUS): IN_HAND,
        # It arrived, whatever was thought of it in the meantime.
        (Cause.SERVER, State.SENT): frozenset(State) - {State.SENT},
        (Cause.STAFF, State.QUEUED): SET_APART,
        (Cause.STAFF, State.STOPPED): SET_APART,
    }
)

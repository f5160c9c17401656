"""What notification says: how each mail or letter fared, without any address."""

from typing import Annotated

from pydantic import Field

from doorpakken_events import states
from doorpakken_events.event import Event, Id, Moment, OneOf, ShortText


class MailState(Event):
    """A mail or letter owed to a person."""

    AGGREGATE = "mail"
    KEY = "mail_id"
    mail_id: Id
    person_id: Id
    gathering_id: Id | None = None
    attendee_id: Id | None = None
    wave_id: Id | None = None
    kind: Annotated[
        str,
        OneOf(
            "invitation",
            "confirmation",
            "personal_link",
            "offer",
            "session_changed",
            "seat_ended",
            "host_request",
            "endorsement_request",
            "offer_request",
            "pitch_accepted",
            "pitch_question",
            "pitch_declined",
            "handover",
            "commitment_request",
            "reminders",
            "delivery_to_confirm",
            "commitment_disputed",
            "commitment_ended",
            "commitment_handover",
            "outcome",
            "plan_news",
            "new_gathering",
            "gathering_invitation",
            "place_offered",
            "gathering_changed",
            "gathering_cancelled",
            "staff_invite",
            "staff_recover",
        ),
    ]
    channel: Annotated[str, OneOf("mail", "paper")]
    state: Annotated[str, OneOf(*states.Mail)]
    attempt: int = Field(default=1, ge=0)
    reason: ShortText | None = None
    at: Moment


class MailSent(MailState):
    """The mail server took the mail."""

    TOPIC = "mail-sent"


class MailWaiting(MailState):
    """The mail waits for a person: on paper, stopped or ambiguous."""

    TOPIC = "mail-waiting"


class MailBounced(MailState):
    """The address does not exist; no mail goes there again."""

    TOPIC = "mail-bounced"


class MailSuppressed(MailState):
    """No mail was sent: the address bounced before, or the person wants none."""

    TOPIC = "mail-suppressed"

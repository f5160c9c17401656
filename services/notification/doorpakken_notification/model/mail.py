"""A mail that is owed to one person, under a permanent business key, and how its delivery goes."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import NAMESPACE_URL, uuid5

from doorpakken_notification.model.calendar_notices import PERHAPS_ARRIVED, CalendarEntry, Told
from doorpakken_notification.model.mail_states import FACTUAL, MOVES, Cause, Reason, State
from doorpakken_notification.model.reference import reference_of


@dataclass(frozen=True)
class OwedMail:
    """What the facts call for: a draft, a mail to be sent at once, or a stop with its reason.

    `object_id` is what the mail is about: the sign-up, the hosting or the request; the attendee in
    one about a changed or cancelled gathering; else empty. `session_version` is that of the session
    or gathering the mail is about, as known when it became owed."""

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

    @property
    def reference(self) -> str:
        return reference_of(self.mail_id)


@dataclass(frozen=True)
class Lease:
    """Which sender has a mail; the token is that of one batch."""

    token: str
    by: str


@dataclass(frozen=True)
class Called:
    """Who of staff told somebody what a mail on paper says, by telephone or letter, and when."""

    staff_id: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Mail(OwedMail):
    """A mail of the ledger. `version` is the last one published, 0 before the first.

    `told` is what its bytes say to a calendar; `gathers`: it is sent in the place of all mails
    whose `gathered_in` is its key; `is_doubtful`: an earlier attempt may have arrived."""

    owed_at: datetime
    version: int = 0
    attempt: int = 0
    lease: Lease | None = None
    told: CalendarEntry | None = None
    first_tried_at: datetime | None = None
    sent_at: datetime | None = None
    is_doubtful: bool = False
    needs_staff: bool = False
    gathers: bool = False
    gathered_in: str | None = None
    called: Called | None = None

    @property
    def held_by(self) -> Lease:
        """Raises LookupError if no sender has it."""
        if self.lease is None:
            raise LookupError(f"no sender has {self.key}")
        return self.lease

    @property
    def notice(self) -> Told | None:
        """What it told a calendar; None if it certainly did not arrive."""
        if not self.told or not (self.state in PERHAPS_ARRIVED or self.is_doubtful):
            return None
        entry = self.told
        return Told(
            self.key, self.kind, self.object_id, entry.session_id, entry.sequence, entry.moment
        )


def new_mail(wanted: OwedMail, now: datetime) -> Mail:
    return Mail(**vars(wanted), owed_at=now)


def adapted(mail: Mail, wanted: OwedMail) -> Mail:
    state = next_state(mail.state, mail.reason, wanted)
    is_theirs = state is not mail.state or follows_facts(mail.state, mail.reason)
    return replace(
        mail,
        state=state,
        reason=wanted.reason if is_theirs else mail.reason,
        wave_id=wanted.wave_id if mail.state is State.DRAFT else mail.wave_id,
        session_version=wanted.session_version,
    )


def next_state(current: State, reason: Reason | None, wanted: OwedMail) -> State:
    if current is State.STOPPED and not follows_facts(current, reason):
        return current
    return wanted.state if MOVES.allows(Cause.FACTS, current, wanted.state) else current


def follows_facts(current: State, reason: Reason | None) -> bool:
    return current is State.STOPPED and reason in FACTUAL

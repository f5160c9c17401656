"""The states of every aggregate, and the moves between them with the topic that tells each move.
The state pictures of the contract are drawn from `MOVES`."""

from enum import auto

from doorpakken_events import commitment_moves
from doorpakken_events.moves import END, MOVES, START, TOMBSTONE, UNTOLD, State


class Gathering(State):
    DRAFT = auto()
    PUBLISHED = auto()
    CLOSED = auto()
    TOOK_PLACE = auto()
    CANCELLED = auto()


class Attendee(State):
    REGISTERED = auto()
    WAITLISTED = auto()
    OFFERED = auto()
    CANCELLED = auto()
    CHECKED_IN = auto()


class Pitch(State):
    DRAFT = auto()
    SUBMITTED = auto()
    ACCEPTED = auto()
    DECLINED = auto()
    WITHDRAWN = auto()


class Endorsement(State):
    PENDING = auto()
    CONFIRMED = auto()
    WITHDRAWN = auto()


class Offer(State):
    OFFERED = auto()
    PENDING = auto()
    WITHDRAWN = auto()


class Perspective(State):
    PENDING = auto()
    APPROVED = auto()
    HIDDEN = auto()


class Session(State):
    PROPOSED = auto()
    SCHEDULED = auto()
    RESCHEDULED = auto()
    CANCELLED = auto()
    TOOK_PLACE = auto()


class Outcome(State):
    OPEN = auto()
    DONE = auto()


class Hosting(State):
    ASKED = auto()
    YES = auto()
    NO = auto()
    OTHER_SLOT = auto()
    REPLACED = auto()


class HostingAnswer(State):
    YES = auto()
    NO = auto()
    OTHER_SLOT = auto()


class SignUp(State):
    HELD = auto()
    ACTIVE = auto()
    WAITLISTED = auto()
    OFFERED = auto()
    ENDED = auto()
    CONFLICT = auto()


class Answer(State):
    PENDING = auto()
    ACCEPTED = auto()
    DECLINED = auto()
    MAYBE = auto()


class Mail(State):
    SENT = auto()
    ON_PAPER = auto()
    STOPPED = auto()
    AMBIGUOUS = auto()
    BOUNCED = auto()
    SUPPRESSED = auto()


class Commitment(State):
    PROPOSED = auto()
    CONSULTING = auto()
    ACCEPTED = auto()
    DELIVERED = auto()
    CONFIRMED = auto()
    DISPUTED = auto()
    ENDED = auto()


_SAID = (Answer.ACCEPTED, Answer.DECLINED, Answer.MAYBE)
_AGAIN = (Mail.STOPPED, Mail.AMBIGUOUS, Mail.BOUNCED)
_MAIL_TOPICS = {
    Mail.SENT: "mail-sent",
    Mail.ON_PAPER: "mail-waiting",
    Mail.STOPPED: "mail-waiting",
    Mail.AMBIGUOUS: "mail-waiting",
    Mail.BOUNCED: "mail-bounced",
    Mail.SUPPRESSED: "mail-suppressed",
}

MOVES |= {
    Gathering: (
        (START, Gathering.DRAFT, UNTOLD),
        (Gathering.DRAFT, Gathering.DRAFT, UNTOLD),
        (Gathering.DRAFT, Gathering.CANCELLED, UNTOLD),
        (Gathering.DRAFT, Gathering.PUBLISHED, "gathering-published"),
        (Gathering.PUBLISHED, Gathering.PUBLISHED, "gathering-updated"),
        (Gathering.PUBLISHED, Gathering.CLOSED, "gathering-closed"),
        (Gathering.CLOSED, Gathering.CLOSED, "gathering-updated"),
        (Gathering.CLOSED, Gathering.PUBLISHED, "gathering-updated"),
        (Gathering.PUBLISHED, Gathering.TOOK_PLACE, "gathering-updated"),
        (Gathering.CLOSED, Gathering.TOOK_PLACE, "gathering-updated"),
        (Gathering.TOOK_PLACE, Gathering.TOOK_PLACE, "gathering-updated"),
        # It was ended too early: its times were wrong.
        (Gathering.TOOK_PLACE, Gathering.PUBLISHED, "gathering-updated"),
        (Gathering.PUBLISHED, Gathering.CANCELLED, "gathering-cancelled"),
        (Gathering.CLOSED, Gathering.CANCELLED, "gathering-cancelled"),
    ),
    Attendee: (
        (START, Attendee.REGISTERED, "attendee-registered"),
        (START, Attendee.WAITLISTED, "attendee-registered"),
        *((state, state, "attendee-updated") for state in Attendee),
        (Attendee.WAITLISTED, Attendee.OFFERED, "attendee-updated"),
        (Attendee.OFFERED, Attendee.REGISTERED, "attendee-updated"),
        (Attendee.REGISTERED, Attendee.CHECKED_IN, "attendee-checked-in"),
        (Attendee.WAITLISTED, Attendee.CHECKED_IN, "attendee-checked-in"),
        (Attendee.OFFERED, Attendee.CHECKED_IN, "attendee-checked-in"),
        (Attendee.REGISTERED, Attendee.CANCELLED, "attendee-cancelled"),
        (Attendee.WAITLISTED, Attendee.CANCELLED, "attendee-cancelled"),
        (Attendee.OFFERED, Attendee.CANCELLED, "attendee-cancelled"),
        # The check-in was a mistake.
        (Attendee.CHECKED_IN, Attendee.REGISTERED, "attendee-updated"),
        (Attendee.CANCELLED, Attendee.REGISTERED, "attendee-registered"),
        (Attendee.CANCELLED, Attendee.WAITLISTED, "attendee-registered"),
        *((state, END, TOMBSTONE) for state in Attendee),
    ),
    Pitch: (
        (START, Pitch.SUBMITTED, "pitch-submitted"),
        (Pitch.SUBMITTED, Pitch.SUBMITTED, "pitch-updated"),
        (Pitch.SUBMITTED, Pitch.ACCEPTED, "pitch-reviewed"),
        (Pitch.SUBMITTED, Pitch.DECLINED, "pitch-reviewed"),
        (Pitch.ACCEPTED, Pitch.ACCEPTED, "pitch-updated"),
        (Pitch.DECLINED, Pitch.DECLINED, "pitch-updated"),
        (Pitch.WITHDRAWN, Pitch.WITHDRAWN, "pitch-updated"),
        (Pitch.SUBMITTED, Pitch.WITHDRAWN, "pitch-withdrawn"),
        (Pitch.ACCEPTED, Pitch.WITHDRAWN, "pitch-withdrawn"),
        # Its only pitcher was erased: it goes with its text, and is said again without.
        (Pitch.SUBMITTED, END, TOMBSTONE),
        (Pitch.ACCEPTED, END, TOMBSTONE),
        (Pitch.DECLINED, END, TOMBSTONE),
        (Pitch.WITHDRAWN, END, TOMBSTONE),
        (START, Pitch.WITHDRAWN, "pitch-withdrawn"),
    ),
    Endorsement: (
        (START, Endorsement.PENDING, "pitch-endorsed"),
        (START, Endorsement.CONFIRMED, "pitch-endorsed"),
        (Endorsement.PENDING, Endorsement.PENDING, "pitch-endorsed"),
        (Endorsement.PENDING, Endorsement.CONFIRMED, "pitch-endorsed"),
        (Endorsement.CONFIRMED, Endorsement.CONFIRMED, "pitch-endorsed"),
        (Endorsement.CONFIRMED, Endorsement.PENDING, "pitch-endorsed"),
        (Endorsement.PENDING, Endorsement.WITHDRAWN, "endorsement-withdrawn"),
        (Endorsement.CONFIRMED, Endorsement.WITHDRAWN, "endorsement-withdrawn"),
        (Endorsement.WITHDRAWN, Endorsement.WITHDRAWN, "endorsement-withdrawn"),
        (Endorsement.WITHDRAWN, Endorsement.PENDING, "pitch-endorsed"),
        (Endorsement.WITHDRAWN, Endorsement.CONFIRMED, "pitch-endorsed"),
        (Endorsement.CONFIRMED, END, TOMBSTONE),
        (Endorsement.WITHDRAWN, END, TOMBSTONE),
    ),
    Offer: (
        (START, Offer.OFFERED, "need-offered"),
        (START, Offer.PENDING, "need-offered"),
        (Offer.PENDING, Offer.OFFERED, "need-offered"),
        (Offer.PENDING, Offer.PENDING, "need-offered"),
        (Offer.PENDING, Offer.WITHDRAWN, "offer-withdrawn"),
        (Offer.OFFERED, Offer.OFFERED, "need-offered"),
        (Offer.OFFERED, Offer.PENDING, "need-offered"),
        (Offer.OFFERED, Offer.WITHDRAWN, "offer-withdrawn"),
        (Offer.WITHDRAWN, Offer.WITHDRAWN, "offer-withdrawn"),
        (Offer.OFFERED, END, TOMBSTONE),
        (Offer.WITHDRAWN, END, TOMBSTONE),
    ),
    Perspective: (
        (START, Perspective.PENDING, "perspective-shared"),
        (Perspective.PENDING, Perspective.APPROVED, "perspective-shared"),
        (Perspective.PENDING, Perspective.HIDDEN, "perspective-shared"),
        (Perspective.APPROVED, Perspective.HIDDEN, "perspective-shared"),
        (Perspective.HIDDEN, Perspective.APPROVED, "perspective-shared"),
        (Perspective.APPROVED, Perspective.PENDING, "perspective-shared"),
        (Perspective.HIDDEN, Perspective.PENDING, "perspective-shared"),
        *((state, END, TOMBSTONE) for state in Perspective),
    ),
    Session: (
        (START, Session.SCHEDULED, "session-scheduled"),
        (Session.SCHEDULED, Session.SCHEDULED, "session-scheduled"),
        (Session.SCHEDULED, Session.RESCHEDULED, "session-rescheduled"),
        (Session.RESCHEDULED, Session.RESCHEDULED, "session-rescheduled"),
        (Session.SCHEDULED, Session.CANCELLED, "session-cancelled"),
        (Session.RESCHEDULED, Session.CANCELLED, "session-cancelled"),
        (Session.CANCELLED, Session.CANCELLED, "session-cancelled"),
        (Session.CANCELLED, Session.SCHEDULED, "session-scheduled"),
        (Session.SCHEDULED, Session.TOOK_PLACE, "session-took-place"),
        (Session.RESCHEDULED, Session.TOOK_PLACE, "session-took-place"),
        (Session.TOOK_PLACE, Session.TOOK_PLACE, "session-took-place"),
    ),
    Outcome: (
        (START, Outcome.OPEN, "session-reported"),
        (START, Outcome.DONE, "session-reported"),
        (Outcome.OPEN, Outcome.OPEN, "session-reported"),
        (Outcome.OPEN, Outcome.DONE, "session-reported"),
        (Outcome.DONE, Outcome.DONE, "session-reported"),
    ),
    Hosting: (
        (START, Hosting.ASKED, "host-asked"),
        # They are asked again about another time; the one they would rather have is a yes.
        *((state, Hosting.ASKED, "host-asked") for state in Hosting),
        *((Hosting.ASKED, answer, "host-asked") for answer in map(Hosting, HostingAnswer)),
        (Hosting.YES, Hosting.NO, "host-asked"),
        (Hosting.YES, Hosting.OTHER_SLOT, "host-asked"),
        (Hosting.NO, Hosting.YES, "host-asked"),
        (Hosting.NO, Hosting.OTHER_SLOT, "host-asked"),
        *((Hosting.OTHER_SLOT, answer, "host-asked") for answer in map(Hosting, HostingAnswer)),
        (Hosting.ASKED, Hosting.REPLACED, "host-asked"),
        *((answer, Hosting.REPLACED, "host-asked") for answer in map(Hosting, HostingAnswer)),
        *((state, END, TOMBSTONE) for state in Hosting),
    ),
    HostingAnswer: (
        *((START, after, "host-answered") for after in HostingAnswer),
        *((before, after, "host-answered") for before in HostingAnswer for after in HostingAnswer),
        *((state, END, TOMBSTONE) for state in HostingAnswer),
    ),
    SignUp: (
        (START, SignUp.HELD, "sign-up-updated"),
        (START, SignUp.ACTIVE, "session-joined"),
        (START, SignUp.WAITLISTED, "session-waitlisted"),
        (SignUp.HELD, SignUp.ACTIVE, "session-joined"),
        (SignUp.HELD, SignUp.CONFLICT, "sign-up-updated"),
        (SignUp.HELD, SignUp.ENDED, "sign-up-updated"),
        (SignUp.WAITLISTED, SignUp.ACTIVE, "session-joined"),
        (SignUp.WAITLISTED, SignUp.OFFERED, "session-offered"),
        (SignUp.OFFERED, SignUp.ACTIVE, "session-joined"),
        (SignUp.OFFERED, SignUp.CONFLICT, "sign-up-updated"),
        (SignUp.OFFERED, SignUp.ENDED, "sign-up-updated"),
        (SignUp.ACTIVE, SignUp.HELD, "sign-up-updated"),
        (SignUp.ACTIVE, SignUp.CONFLICT, "sign-up-updated"),
        (SignUp.CONFLICT, SignUp.ACTIVE, "sign-up-updated"),
        (SignUp.CONFLICT, SignUp.HELD, "sign-up-updated"),
        (SignUp.CONFLICT, SignUp.OFFERED, "session-offered"),
        (SignUp.CONFLICT, SignUp.ENDED, "session-left"),
        (SignUp.ACTIVE, SignUp.ENDED, "session-left"),
        (SignUp.WAITLISTED, SignUp.ENDED, "session-left"),
        (SignUp.ENDED, END, TOMBSTONE),
    ),
    Answer: (
        *((START, after, "invitation-answered") for after in _SAID),
        *((before, after, "invitation-answered") for before in Answer for after in _SAID),
        # One of their sessions was moved.
        (Answer.ACCEPTED, Answer.PENDING, "invitation-answered"),
        *((state, END, TOMBSTONE) for state in Answer),
    ),
    Mail: (
        *((START, after, topic) for after, topic in _MAIL_TOPICS.items()),
        (Mail.ON_PAPER, Mail.STOPPED, "mail-waiting"),
        # It is sent after all or tried again, and may then end in any way.
        *((before, after, topic) for before in _AGAIN for after, topic in _MAIL_TOPICS.items()),
        *((state, END, TOMBSTONE) for state in Mail),
    ),
    Commitment: (
        *(
            (Commitment(before) if before else START, Commitment(after), topic)
            for before, after, topics in commitment_moves.TABLE
            for topic in topics
        ),
        # Its owner was erased, and it was of no organisation.
        *((state, END, TOMBSTONE) for state in Commitment),
    ),
}

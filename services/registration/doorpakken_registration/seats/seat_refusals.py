"""The refusals of seats over HTTP: slug and sentence for every SeatRefused."""

from doorpakken_plumbing.http.errors import Conflict, Refusal

from doorpakken_registration.seats.model.seat_rules import SeatRefused


class SessionIsCancelled(Conflict):
    """It will not take place."""

    slug = "session-cancelled"
    dutch = "Deze sessie gaat niet door. Kies een andere."


class SessionHasStarted(Conflict):
    """It is too late to join."""

    slug = "session-started"
    dutch = "Deze sessie is al begonnen. Kies een andere."


class AttendeeIsCancelled(Conflict):
    """They said they would not come to the gathering."""

    slug = "attendee-cancelled"
    dutch = "U bent afgemeld voor deze bijeenkomst. Meld u opnieuw aan."


class LeadsSession(Conflict):
    """They lead this session, so they need no seat in it."""

    slug = "leads-session"
    dutch = "U leidt deze sessie zelf. Kies een andere."


class LeadsThen(Conflict):
    """They lead another session at that time."""

    slug = "leads-then"
    dutch = "U leidt op dat moment zelf een sessie. Kies een andere."


class AlreadySignedUp(Conflict):
    """They have a seat or a place in line here; `sign_up_id` names it."""

    slug = "already-signed-up"
    dutch = "U staat al bij deze sessie. Kijk op uw eigen pagina."


class TooManySessions(Conflict):
    """They have as many sessions as one person may choose."""

    slug = "too-many-sessions"
    dutch = "U koos te veel sessies. Kies er minder."


class SessionsOverlap(Conflict):
    """They have a seat at the same time; `sign_up_id` names it."""

    slug = "sessions-overlap"
    dutch = "Deze twee sessies zijn tegelijk. Kies er één."


class SeatIsGone(Conflict):
    """The seat this is about is not there any more."""

    slug = "seat-gone"
    dutch = "Deze plaats is er niet meer. Kies een andere sessie."


_REFUSALS: dict[str, tuple[type[Conflict], str]] = {
    "session-cancelled": (SessionIsCancelled, "This session was cancelled. Choose another one."),
    "session-started": (SessionHasStarted, "This session has started. Choose a later one."),
    "attendee-cancelled": (AttendeeIsCancelled, "This participant cancelled. Register them again."),
    "leads-session": (LeadsSession, "Who leads a session has no seat in it. Choose another one."),
    "leads-then": (LeadsThen, "This person leads a session at that time. Choose another one."),
    "already-signed-up": (AlreadySignedUp, "This participant is in this session already."),
    "too-many-sessions": (TooManySessions, "That is more sessions than one person may choose."),
    "sessions-overlap": (
        SessionsOverlap,
        "Two of these sessions are at the same time. Choose one.",
    ),
    "seat-gone": (SeatIsGone, "This seat is not there any more. Look at the sessions again."),
}


def refusal_of(refused: SeatRefused) -> Refusal:
    kind, sentence = _REFUSALS[refused.slug]
    extra = {"sign_up_id": refused.sign_up_id} if refused.sign_up_id else {}
    return kind(sentence, **extra)

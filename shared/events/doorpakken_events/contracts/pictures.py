"""Which topic moves which state of an aggregate, drawn as Mermaid state pictures."""

from doorpakken_events.catalogue import CATALOGUE

START = END = "[*]"
KNOWN = "known"
TOMBSTONE = "tombstone"

Move = tuple[str, str, str]

MOVES: dict[str, tuple[Move, ...]] = {
    "gathering": (
        (START, "published", "gathering-published"),
        ("published", "published", "gathering-updated"),
        ("published", "closed", "gathering-closed"),
        ("closed", "closed", "gathering-updated"),
        ("closed", "took_place", "gathering-updated"),
        ("published", "cancelled", "gathering-cancelled"),
        ("closed", "cancelled", "gathering-cancelled"),
    ),
    "organisation": (
        (START, KNOWN, "organisation-described"),
        (KNOWN, KNOWN, "organisation-described"),
    ),
    "attendee": (
        (START, "registered", "attendee-registered"),
        (START, "waitlisted", "attendee-registered"),
        ("registered", "registered", "attendee-updated"),
        ("waitlisted", "offered", "attendee-updated"),
        ("offered", "registered", "attendee-updated"),
        ("registered", "checked_in", "attendee-checked-in"),
        ("checked_in", "checked_in", "attendee-updated"),
        ("registered", "cancelled", "attendee-cancelled"),
        ("waitlisted", "cancelled", "attendee-cancelled"),
        ("offered", "cancelled", "attendee-cancelled"),
        ("cancelled", "registered", "attendee-registered"),
    ),
    "contact": (
        (START, KNOWN, "person-contact"),
        (KNOWN, KNOWN, "person-contact"),
        (KNOWN, END, TOMBSTONE),
    ),
    "link-request": ((START, KNOWN, "link-requested"),),
    "staff": (
        (START, KNOWN, "staff-changed"),
        (KNOWN, KNOWN, "staff-changed"),
        (KNOWN, KNOWN, "staff-session-revoked"),
    ),
    "pitch": (
        (START, "submitted", "pitch-submitted"),
        ("submitted", "accepted", "pitch-reviewed"),
        ("submitted", "declined", "pitch-reviewed"),
        ("accepted", "declined", "pitch-reviewed"),
        ("declined", "accepted", "pitch-reviewed"),
    ),
    "endorsement": (
        (START, "pending", "pitch-endorsed"),
        (START, "confirmed", "pitch-endorsed"),
        ("pending", "confirmed", "pitch-endorsed"),
    ),
    "recommendation": (
        (START, KNOWN, "sessions-recommended"),
        (KNOWN, KNOWN, "sessions-recommended"),
    ),
    "plan": ((START, KNOWN, "plan-published"),),
    "session": (
        (START, "scheduled", "session-scheduled"),
        ("scheduled", "cancelled", "session-cancelled"),
    ),
    "sign-up": (
        (START, "active", "session-joined"),
        (START, "waitlisted", "session-waitlisted"),
        ("waitlisted", "active", "session-joined"),
        ("active", "ended", "session-left"),
        ("waitlisted", "ended", "session-left"),
    ),
    "answer": (
        (START, "accepted", "invitation-answered"),
        (START, "declined", "invitation-answered"),
        (START, "maybe", "invitation-answered"),
        ("maybe", "accepted", "invitation-answered"),
        ("maybe", "declined", "invitation-answered"),
        ("accepted", "declined", "invitation-answered"),
        ("declined", "accepted", "invitation-answered"),
    ),
    "invitation": (
        (START, "sent", "invitation-sent"),
        (START, "on_paper", "invitation-waiting"),
        (START, "stopped", "invitation-waiting"),
        (START, "ambiguous", "invitation-waiting"),
        ("stopped", "sent", "invitation-sent"),
        ("ambiguous", "sent", "invitation-sent"),
    ),
}


def aggregates() -> list[str]:
    """Each aggregate once, in the catalogue's order."""
    return list(dict.fromkeys(t.event.AGGREGATE for t in CATALOGUE.values() if t.event))


def picture_of(aggregate: str) -> str:
    """The Mermaid text of one aggregate's states."""
    lines = [f"    {before} --> {after}: {topic}" for before, after, topic in MOVES[aggregate]]
    return "\n".join(["stateDiagram-v2", *lines])

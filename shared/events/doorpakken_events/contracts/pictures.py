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
        ("registered", END, TOMBSTONE),
        ("checked_in", END, TOMBSTONE),
        ("cancelled", END, TOMBSTONE),
    ),
    "contact": (
        (START, KNOWN, "person-contact"),
        (KNOWN, KNOWN, "person-contact"),
        (KNOWN, END, TOMBSTONE),
    ),
    "person": ((START, KNOWN, "person-erased"),),
    "erasure-answer": ((START, KNOWN, "erasure-confirmed"),),
    "link-request": ((START, KNOWN, "link-requested"), (KNOWN, END, TOMBSTONE)),
    "mail-request": ((START, KNOWN, "mail-requested"), (KNOWN, END, TOMBSTONE)),
    "staff": (
        (START, KNOWN, "staff-changed"),
        (KNOWN, KNOWN, "staff-changed"),
        (KNOWN, KNOWN, "staff-session-revoked"),
    ),
    "pitch": (
        (START, "submitted", "pitch-submitted"),
        ("submitted", "submitted", "pitch-updated"),
        ("submitted", "accepted", "pitch-reviewed"),
        ("submitted", "declined", "pitch-reviewed"),
        ("accepted", "accepted", "pitch-updated"),
        ("submitted", "withdrawn", "pitch-withdrawn"),
        ("accepted", "withdrawn", "pitch-withdrawn"),
    ),
    "endorsement": (
        (START, "pending", "pitch-endorsed"),
        (START, "confirmed", "pitch-endorsed"),
        ("pending", "confirmed", "pitch-endorsed"),
        ("pending", "withdrawn", "endorsement-withdrawn"),
        ("confirmed", "withdrawn", "endorsement-withdrawn"),
        ("withdrawn", "pending", "pitch-endorsed"),
        ("withdrawn", "confirmed", "pitch-endorsed"),
        ("confirmed", END, TOMBSTONE),
    ),
    "offer": (
        (START, "offered", "need-offered"),
        (START, "pending", "need-offered"),
        ("pending", "offered", "need-offered"),
        ("pending", "withdrawn", "offer-withdrawn"),
        ("offered", "offered", "need-offered"),
        ("offered", "pending", "need-offered"),
        ("offered", "withdrawn", "offer-withdrawn"),
        ("offered", END, TOMBSTONE),
    ),
    "session-link": ((START, KNOWN, "session-link"), (KNOWN, KNOWN, "session-link")),
    "wishes": (
        (START, KNOWN, "wishes-stated"),
        (KNOWN, KNOWN, "wishes-stated"),
        (KNOWN, END, TOMBSTONE),
    ),
    "persona": (
        (START, KNOWN, "persona-described"),
        (KNOWN, KNOWN, "persona-described"),
        (KNOWN, END, TOMBSTONE),
    ),
    "perspective": (
        (START, "pending", "perspective-shared"),
        ("pending", "approved", "perspective-shared"),
        ("pending", "hidden", "perspective-shared"),
        ("approved", "hidden", "perspective-shared"),
        ("hidden", "approved", "perspective-shared"),
        ("approved", END, TOMBSTONE),
    ),
    "recommendation": (
        (START, KNOWN, "sessions-recommended"),
        (KNOWN, KNOWN, "sessions-recommended"),
        (KNOWN, END, TOMBSTONE),
    ),
    "plan": ((START, KNOWN, "plan-published"),),
    "session": (
        (START, "scheduled", "session-scheduled"),
        ("scheduled", "rescheduled", "session-rescheduled"),
        ("rescheduled", "rescheduled", "session-rescheduled"),
        ("scheduled", "cancelled", "session-cancelled"),
        ("rescheduled", "cancelled", "session-cancelled"),
    ),
    "hosting": (
        (START, "asked", "host-asked"),
        ("asked", "yes", "host-asked"),
        ("asked", "no", "host-asked"),
        ("asked", "other_slot", "host-asked"),
        ("other_slot", "yes", "host-asked"),
        ("yes", "asked", "host-asked"),
        ("no", "replaced", "host-asked"),
        ("asked", END, TOMBSTONE),
    ),
    "hosting-answer": (
        (START, "yes", "host-answered"),
        (START, "no", "host-answered"),
        (START, "other_slot", "host-answered"),
        ("yes", "no", "host-answered"),
        ("no", "yes", "host-answered"),
        ("yes", END, TOMBSTONE),
    ),
    "sign-up": (
        (START, "held", "sign-up-updated"),
        (START, "active", "session-joined"),
        (START, "waitlisted", "session-waitlisted"),
        ("held", "active", "session-joined"),
        ("held", "ended", "sign-up-updated"),
        ("waitlisted", "offered", "session-offered"),
        ("offered", "active", "session-joined"),
        ("offered", "ended", "sign-up-updated"),
        ("active", "held", "sign-up-updated"),
        ("active", "conflict", "sign-up-updated"),
        ("conflict", "active", "sign-up-updated"),
        ("conflict", "ended", "session-left"),
        ("active", "ended", "session-left"),
        ("waitlisted", "ended", "session-left"),
        ("ended", END, TOMBSTONE),
    ),
    "answer": (
        (START, "accepted", "invitation-answered"),
        (START, "declined", "invitation-answered"),
        (START, "maybe", "invitation-answered"),
        ("maybe", "accepted", "invitation-answered"),
        ("maybe", "declined", "invitation-answered"),
        ("accepted", "declined", "invitation-answered"),
        ("declined", "accepted", "invitation-answered"),
        ("accepted", "pending", "invitation-answered"),
        ("pending", "accepted", "invitation-answered"),
        ("accepted", END, TOMBSTONE),
    ),
    "mail": (
        (START, "sent", "mail-sent"),
        (START, "on_paper", "mail-waiting"),
        (START, "stopped", "mail-waiting"),
        (START, "ambiguous", "mail-waiting"),
        ("stopped", "sent", "mail-sent"),
        ("ambiguous", "sent", "mail-sent"),
        (START, "bounced", "mail-bounced"),
        (START, "suppressed", "mail-suppressed"),
        ("sent", END, TOMBSTONE),
    ),
}


def aggregates() -> list[str]:
    return list(dict.fromkeys(t.event.AGGREGATE for t in CATALOGUE.values() if t.event))


def picture_of(aggregate: str) -> str:
    lines = [f"    {before} --> {after}: {topic}" for before, after, topic in MOVES[aggregate]]
    return "\n".join(["stateDiagram-v2", *lines])

"""Which topic moves which state of an aggregate, drawn as Mermaid state pictures."""

from doorpakken_events import states
from doorpakken_events.catalogue import CATALOGUE
from doorpakken_events.moves import END, MOVES, START, TOMBSTONE, UNTOLD, State

EDGE = "[*]"
KNOWN = "known"

STATES: dict[str, type[State]] = {
    "gathering": states.Gathering,
    "attendee": states.Attendee,
    "pitch": states.Pitch,
    "endorsement": states.Endorsement,
    "offer": states.Offer,
    "commitment": states.Commitment,
    "perspective": states.Perspective,
    "session": states.Session,
    "outcome": states.Outcome,
    "hosting": states.Hosting,
    "hosting-answer": states.HostingAnswer,
    "sign-up": states.SignUp,
    "answer": states.Answer,
    "mail": states.Mail,
}
# Aggregates without states: they are known, or gone.
STATELESS: dict[str, tuple[tuple[str | None, str | None, str], ...]] = {
    "organisation": (
        (START, KNOWN, "organisation-described"),
        (KNOWN, KNOWN, "organisation-described"),
    ),
    "contact": (
        (START, KNOWN, "person-contact"),
        (KNOWN, KNOWN, "person-contact"),
        (KNOWN, END, TOMBSTONE),
    ),
    "person": ((START, KNOWN, "person-erased"),),
    "erasure-answer": ((START, KNOWN, "erasure-confirmed"),),
    "staff-work": ((START, KNOWN, "staff-work"), (KNOWN, KNOWN, "staff-work")),
    "link-request": ((START, KNOWN, "link-requested"), (KNOWN, END, TOMBSTONE)),
    "mail-request": ((START, KNOWN, "mail-requested"), (KNOWN, END, TOMBSTONE)),
    "staff": (
        (START, KNOWN, "staff-changed"),
        (KNOWN, KNOWN, "staff-changed"),
        (KNOWN, KNOWN, "staff-session-revoked"),
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
    "recommendation": (
        (START, KNOWN, "sessions-recommended"),
        (KNOWN, KNOWN, "sessions-recommended"),
        (KNOWN, END, TOMBSTONE),
    ),
    "plan": ((START, KNOWN, "plan-published"),),
}


def aggregates() -> list[str]:
    return list(dict.fromkeys(t.event.AGGREGATE for t in CATALOGUE.values() if t.event))


def picture_of(aggregate: str) -> str:
    lines = [f"    {before} --> {after}: {topic}" for before, after, topic in drawn(aggregate)]
    return "\n".join(["stateDiagram-v2", *lines])


def drawn(aggregate: str) -> list[tuple[str, str, str]]:
    """A state that no event tells, like a draft, is drawn as the start."""
    moves = MOVES[STATES[aggregate]] if aggregate in STATES else STATELESS[aggregate]
    told = [move for move in moves if move[2] != UNTOLD]
    known = {after for _, after, _ in told}
    return [
        (before if before and before in known else EDGE, after or EDGE, topic)
        for before, after, topic in told
    ]

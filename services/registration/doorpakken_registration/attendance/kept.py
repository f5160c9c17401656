"""What an attendee told the organisers alone, and when their code was scanned at the door."""

from doorpakken_registration.common.kept import ARRANGE, GATHERING, PLACE, Kept, Shown

KEPT = (
    Kept(
        "particulars",
        Shown(
            "Wat wij voor u regelen",
            ARRANGE,
            GATHERING,
            fields={"arrangements": "arrangement", "note": None, "replies": None},
        ),
        person="person_id",
        attendee="_id",
    ),
    Kept(
        "scans",
        Shown("Wanneer uw code bij de deur is gelezen", PLACE, at="scanned_at"),
        person="person_id",
        attendee="attendee_id",
    ),
)

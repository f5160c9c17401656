"""What an attendee told the organisers alone."""

from doorpakken_registration.common.kept import ARRANGE, GATHERING, Kept, Shown

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
)

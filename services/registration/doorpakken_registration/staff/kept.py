"""What is kept of a person who is staff."""

from doorpakken_registration.common.kept import KNOW, Kept, Shown
from doorpakken_registration.staff import accounts

KEPT = (
    Kept(
        "staff",
        Shown("Uw account voor de organisatie", KNOW, fields={"email": None}),
        person="person_id",
        forgetter=accounts.forget,
        giver=accounts.give,
    ),
)

"""What is kept of a person who wants mail about new gatherings."""

from doorpakken_registration.common.kept import PROOF, Kept, Shown
from doorpakken_registration.following import following

KEPT = (
    Kept(
        "followers",
        Shown("Mail over nieuwe bijeenkomsten", PROOF),
        person="_id",
        forgetter=following.forget,
        giver=following.give,
    ),
)

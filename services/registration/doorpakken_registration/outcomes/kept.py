"""What is kept of a person about what came of sessions."""

from doorpakken_registration.common.kept import HELP, Kept, Shown
from doorpakken_registration.outcomes import outcomes

KEPT = (
    Kept(
        "outcomes",
        Shown("Werksessies waar u bij was", HELP, at="reported_at"),
        attendee="came",
        forgetter=outcomes.forget,
    ),
)

"""The moves of a commitment, as words: before, after and the topics that tell it. A state may move
to itself for several reasons, each with its topic."""

MADE, ANSWERED = "commitment-made", "commitment-answered"
REPLANNED, PROGRESSED = "commitment-replanned", "commitment-progressed"
DELIVERED, CONFIRMED = "commitment-delivered", "commitment-confirmed"
DISPUTED, WITHDRAWN = "commitment-disputed", "commitment-withdrawn"
UPDATED, DUE_SOON, OVERDUE = "commitment-updated", "commitment-due-soon", "commitment-overdue"

TABLE: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("", "accepted", (MADE,)),
    ("", "proposed", (MADE,)),
    # Its owner was erased: it is said again without them, and what was done of it stays.
    ("", "ended", (WITHDRAWN,)),
    ("", "delivered", (UPDATED,)),
    ("", "confirmed", (UPDATED,)),
    ("proposed", "proposed", (ANSWERED, UPDATED, DUE_SOON, OVERDUE)),
    ("proposed", "consulting", (ANSWERED,)),
    ("proposed", "accepted", (ANSWERED,)),
    ("proposed", "delivered", (DELIVERED,)),
    ("proposed", "confirmed", (CONFIRMED,)),
    ("proposed", "ended", (ANSWERED, WITHDRAWN)),
    ("consulting", "consulting", (ANSWERED, UPDATED, DUE_SOON)),
    ("consulting", "proposed", (ANSWERED,)),
    ("consulting", "accepted", (ANSWERED,)),
    ("consulting", "delivered", (DELIVERED,)),
    ("consulting", "confirmed", (CONFIRMED,)),
    ("consulting", "ended", (ANSWERED, WITHDRAWN)),
    ("accepted", "accepted", (REPLANNED, PROGRESSED, UPDATED, DUE_SOON, OVERDUE)),
    ("accepted", "delivered", (DELIVERED,)),
    ("accepted", "confirmed", (CONFIRMED,)),
    ("accepted", "ended", (WITHDRAWN,)),
    ("delivered", "delivered", (UPDATED, DUE_SOON, OVERDUE)),
    ("delivered", "confirmed", (CONFIRMED,)),
    ("delivered", "disputed", (DISPUTED,)),
    ("disputed", "disputed", (UPDATED,)),
    ("disputed", "accepted", (REPLANNED,)),
    ("disputed", "delivered", (DELIVERED,)),
    ("disputed", "confirmed", (CONFIRMED,)),
    ("disputed", "ended", (WITHDRAWN,)),
    ("confirmed", "confirmed", (UPDATED,)),
    ("ended", "ended", (UPDATED,)),
)

"""What is kept of a person who takes part in the conversation at the tables."""

from doorpakken_events.registration import PerspectiveShared, WishesStated

from doorpakken_registration.common.kept import FIT, HELP, Kept, Shown

KEPT = (
    Kept(
        "wishes",
        Shown("Plannen waaraan u wilt meewerken", FIT, at="stated_at"),
        attendee="_id",
        state=WishesStated,
    ),
    # What is written on it is kept as wishes.
    Kept("cards", None, attendee="attendee_id"),
    Kept(
        "perspectives",
        Shown("Uw inzichten", HELP, at="shared_at", fields={"text": None}),
        person="person_id",
        state=PerspectiveShared,
    ),
)

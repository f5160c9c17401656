"""What is kept of a person about promises."""

from doorpakken_registration.commitments import owners
from doorpakken_registration.common.kept import HELP, Kept, Shown

KEPT = (
    Kept(
        "commitments",
        Shown(
            "Uw toezeggingen",
            HELP,
            at="made_at",
            fields={"what": None, "how": None, "state": "commitment_state"},
        ),
        person="person_id",
        also=("hand_over_to", "passed_by", "entered_by", "history.by"),
        forgetter=owners.forget,
        giver=owners.give,
        organisation_giver=owners.give_of_organisation,
    ),
)

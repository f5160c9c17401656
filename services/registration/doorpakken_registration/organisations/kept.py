"""What is kept of a person who answers for an organisation."""

from doorpakken_registration.common.kept import Kept
from doorpakken_registration.organisations import organisations

KEPT = (
    # It belongs to the organisation, and its other contacts are in it.
    Kept(
        "organisations",
        None,
        person="contacts",
        forgetter=organisations.forget,
        giver=organisations.give_contacts,
    ),
)

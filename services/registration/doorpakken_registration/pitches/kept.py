"""What is kept of a person about pitches."""

from doorpakken_registration.common.kept import DRAFT, HELP, Kept, Shown
from doorpakken_registration.pitches import endorsements, merging, offers, pitches

KEPT = (
    Kept(
        "pitches",
        Shown(
            "Uw pitches", HELP, at="submitted_at", fields={"summary": None, "state": "pitch_state"}
        ),
        person="pitchers",
        forgetter=pitches.forget,
        giver=merging.give_pitches,
        organisation_giver=merging.give_pitches_of_organisation,
    ),
    Kept(
        "drafts",
        Shown("Plannen die u nog niet instuurde", HELP, DRAFT, fields={"fields": None}),
        person="person_id",
    ),
    Kept(
        "endorsements",
        Shown(
            "Uw steun",
            HELP,
            at="endorsed_at",
            fields={"stance": "stance", "state": "endorsement_state"},
        ),
        person="person_id",
        also=("said_by", "supporter"),
        forgetter=endorsements.forget,
        giver=merging.give_support,
        organisation_giver=merging.give_support_of_organisation,
    ),
    Kept(
        "offers",
        Shown("Uw aanbod", HELP, at="offered_at", fields={"category": "category"}),
        person="person_id",
        forgetter=offers.forget,
        giver=merging.give_offers,
        organisation_giver=merging.give_offers_of_organisation,
    ),
)

"""What is kept of a person at a gathering."""

from doorpakken_events.registration import AttendeeState

from doorpakken_registration.common.kept import PLACE, Kept, Shown
from doorpakken_registration.gatherings import attendees

KEPT = (
    Kept(
        "attendees",
        Shown(
            "Waar u zich aanmeldde",
            PLACE,
            at="registered_at",
            fields={
                "state": "attendee_state",
                "kind": "kind",
                "offers": "category",
                "interests": None,
                "availability": None,
            },
        ),
        person="person_id",
        attendee="_id",
        state=AttendeeState,
        forgetter=attendees.forget,
        giver=attendees.give,
        organisation_giver=attendees.give_members,
    ),
)

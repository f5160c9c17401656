"""What is kept of a person about seats in sessions."""

from doorpakken_events.registration import HostAnswered, InvitationAnswered, SignUpState

from doorpakken_registration.common.kept import (
    FIT,
    HELP,
    MAILED,
    PLACE,
    PROOF,
    SESSION,
    Kept,
    Shown,
)
from doorpakken_registration.seats import calendars, handovers

KEPT = (
    Kept(
        "sign_ups",
        Shown(
            "Uw plaatsen in werksessies",
            PLACE,
            at="signed_up_at",
            fields={"state": "sign_up_state"},
        ),
        person="person_id",
        attendee="attendee_id",
        state=SignUpState,
    ),
    # It repeats the sign-ups and the sessions they lead.
    Kept("calendars", None, person="_id", also=("person_id",), giver=calendars.give),
    Kept(
        "answers",
        Shown(
            "Uw antwoord op uitnodigingen",
            PLACE,
            at="answered_at",
            fields={"answer": "answer", "reason": "answer_reason"},
        ),
        attendee="attendee_id",
        state=InvitationAnswered,
    ),
    Kept("recommendations", Shown("Wat bij u past", FIT), attendee="_id"),
    Kept(
        "handovers",
        Shown("Plaatsen die iemand aan u gaf", PLACE, at="asked_at"),
        person="person_id",
        also=("from_person_id", "attendee_id"),
        forgetter=handovers.forget,
        giver=handovers.give,
    ),
    Kept(
        "hostings",
        Shown("Sessies waarvan wij vroegen of u ze leidt", HELP, at="starts_at"),
        person="person_id",
    ),
    Kept(
        "hosting_answers",
        Shown(
            "Uw antwoord daarop",
            HELP,
            at="answered_at",
            fields={"answer": "host_answer"},
        ),
        person="person_id",
        state=HostAnswered,
    ),
    Kept(
        "seat_consents",
        Shown("Uw naam en adres in een werksessie", PROOF, SESSION),
        person="person_id",
    ),
    Kept(
        "invitations",
        Shown("Wat wij u stuurden", MAILED, at="at", fields={"state": "delivery"}),
        person="person_id",
        attendee="attendee_id",
    ),
)

"""What is kept of a person, whatever they take part in."""

from doorpakken_events.registration import LinkRequested

from doorpakken_registration.common.kept import KNOW, LINK, MAILED, PROOF, Kept, Shown
from doorpakken_registration.people import mail_requests, persons
from doorpakken_registration.people.store import used_links

PERSONS = Kept(
    "persons",
    Shown(
        "Uw naam en adres",
        KNOW,
        at="created_at",
        fields={"name": None, "email": None, "phone": None, "language": "language"},
    ),
    person="_id",
    forgetter=persons.forget,
    giver=persons.give,
)
KEPT = (
    Kept(
        "consents",
        Shown("Uw naam op de lijst van deelnemers", PROOF),
        person="person_id",
        attendee="_id",
    ),
    Kept(
        "acts",
        Shown("Wat de organisatie voor u deed", PROOF, at="at", fields={"did": "staff_act"}),
        person="person_id",
        also=("object_id",),
    ),
    Kept(
        "used_links",
        Shown("Wanneer u uw persoonlijke link opende", KNOW, LINK, at="used_at"),
        person="person_id",
        also=("_id",),
        giver=used_links.give,
    ),
    Kept(
        "link_requests",
        Shown("Persoonlijke links die wij u mailden", MAILED, at="created_at"),
        person="person_id",
        state=LinkRequested,
    ),
    Kept(
        "mail_requests",
        Shown("Mail met een vraag of nieuws", MAILED, at="requested_at", fields={"text": None}),
        person="person_id",
        also=("from_person_id",),
        forgetter=mail_requests.forget,
    ),
)

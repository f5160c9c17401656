"""The page with all data about the holder of a personal link: since when, why and until when.
Everything that is stored of a person needs a line in KINDS, and its English in the catalogue."""

from collections.abc import Mapping
from dataclasses import dataclass

from doorpakken_plumbing.service import ServiceDep
from fastapi import Request, Response

from doorpakken_registration.people.routes.visitor import FreshVisitor
from doorpakken_registration.privacy import data_export
from doorpakken_registration.web.page import PAGES, pages_router

router = pages_router()

KNOW = "Om u te kennen en u te bereiken."
PLACE = "Om een plaats voor u te houden."
ARRANGE = "Om dit voor u te regelen. Alleen de organisatie ziet het."
PROOF = "Om te laten zien waar u ja op zei."
FIT = "Om u sessies voor te stellen die bij u passen."
HELP = "Om plannen en hulp bij elkaar te brengen."
MAILED = "Om te weten wat u al van ons kreeg."
ALWAYS = "Tot u alles wist."
GATHERING = "Tot twee weken na de bijeenkomst."
SESSION = "Tot twee weken na de sessie."
CLAIMED = "Om u te vragen of het van u is."
A_MONTH = "Dertig dagen."
LINK = "Tot 60 dagen daarna."
DRAFT = "Tot u het instuurt of weggooit. Na een tijd verdwijnt het vanzelf."


@dataclass(frozen=True)
class Kind:
    """The title of a kind of data, why it is stored and until when."""

    title: str
    why: str
    until: str = ALWAYS


KINDS: Mapping[str, Kind] = {
    "persons": Kind("Uw naam en adres", KNOW),
    "attendees": Kind("Waar u zich aanmeldde", PLACE),
    "particulars": Kind("Wat wij voor u regelen", ARRANGE, GATHERING),
    "sign_ups": Kind("Uw plaatsen in werksessies", PLACE),
    "answers": Kind("Uw antwoord op uitnodigingen", PLACE),
    "recommendations": Kind("Wat bij u past", FIT),
    "wishes": Kind("Plannen waaraan u wilt meewerken", FIT),
    "pitches": Kind("Uw pitches", HELP),
    "drafts": Kind("Plannen die u nog niet instuurde", HELP, DRAFT),
    "claims": Kind("Wat met uw naam is ingevuld", CLAIMED, A_MONTH),
    "endorsements": Kind("Uw steun", HELP),
    "offers": Kind("Uw aanbod", HELP),
    "perspectives": Kind("Uw inzichten", HELP),
    "handovers": Kind("Plaatsen die iemand aan u gaf", PLACE),
    "hostings": Kind("Sessies waarvan wij vroegen of u ze leidt", HELP),
    "hosting_answers": Kind("Uw antwoord daarop", HELP),
    "consents": Kind("Uw naam op de lijst van deelnemers", PROOF),
    "seat_consents": Kind("Uw naam en adres in een werksessie", PROOF, SESSION),
    "followers": Kind("Mail over nieuwe bijeenkomsten", PROOF),
    "used_links": Kind("Wanneer u uw persoonlijke link opende", KNOW, LINK),
    "link_requests": Kind("Persoonlijke links die wij u mailden", MAILED),
    "mail_requests": Kind("Mail met een vraag of nieuws", MAILED),
    "invitations": Kind("Wat wij u stuurden", MAILED),
}


@router.get("/me/data.html")
async def show(request: Request, here: ServiceDep, visitor: FreshVisitor) -> Response:
    known = await data_export.of(here.mongo, visitor)
    chapters = [(kind, known[name]) for name, kind in KINDS.items() if known.get(name)]
    return PAGES.render(request, "my_data.html", person=visitor, chapters=chapters)

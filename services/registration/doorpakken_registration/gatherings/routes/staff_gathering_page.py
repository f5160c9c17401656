"""The staff page of a gathering, with links to all other pages for its work.
A new page needs a line in LINKS and its English in the catalogue."""

from dataclasses import dataclass

from doorpakken_plumbing.identity.staff import SignedIn
from doorpakken_plumbing.service import ServiceDep
from fastapi import Request, Response

from doorpakken_registration.gatherings import gatherings
from doorpakken_registration.gatherings.store import gatherings as store
from doorpakken_registration.web.page import PAGES, pages_router

router = pages_router()


@dataclass(frozen=True)
class Work:
    """A link to a page for staff with a role; `path` is below that of this page."""

    path: str
    title: str
    what: str
    role: str = "organiser"


LINKS = (
    Work("edit", "Gegevens en programma", "Verander de dag, de plek, het programma en de vragen."),
    Work("arrangements", "Regelen voor deelnemers", "Zie wie een tolk of iets anders nodig heeft."),
    Work("participants", "Deelnemers", "Zie wie komt, meld mensen aan en neem de lijst mee."),
    Work("door", "Aan de deur", "Check mensen in, ook zonder internet."),
    Work("waitlist", "Wachtlijst", "Zie wie wacht, en bel wie geen e-mail heeft."),
    Work("pitches", "Pitches", "Lees de plannen, neem ze aan en kies de volgorde."),
    Work("portraits", "Portretten", "Schrijf op wie u wilt helpen, wat zij wil en wat tegenzit."),
    Work("tables", "Tafels", "Open tafels en druk de codes af."),
    Work("insights", "Inzichten", "Lees wat mensen aan tafel opschreven en laat het zien."),
    Work("cards", "Kaarten invoeren", "Typ over wat mensen op papier kozen.", "door"),
    Work("claims", "Nog te bevestigen", "Bel wie geen e-mail heeft, en vraag of het klopt."),
    Work("acts", "Wie deed wat", "Zie welke collega iets veranderde, en wanneer."),
    Work("offers", "Aanbod", "Bekijk wat is aangeboden, en voer aanbod van anderen in."),
    Work("promises", "Toezeggingen", "Zie wat is toegezegd, wie u belt en hoe het ervoor staat."),
    Work("agenda", "Agenda voor de volgende keer", "Zie wat nog openstaat, en neem plannen mee."),
    Work("today", "Vandaag", "Zie wat op u wacht, en wat de volgende stap is."),
)


@router.get("/staff/gatherings")
async def list_all(request: Request, here: ServiceDep, staff: SignedIn) -> Response:
    mine = staff.where("reader")
    found = await store.list_gatherings(here.mongo, drafts=mine)
    theirs = [one for one in found if mine is None or one.id in mine]
    return PAGES.render(request, "staff_gatherings.html", gatherings=theirs, staff=staff)


@router.get("/staff/g/{gathering_id}")
async def show(gathering_id: str, request: Request, here: ServiceDep, staff: SignedIn) -> Response:
    links = [one for one in LINKS if staff.may(one.role, gathering_id)]
    if not links:
        staff.require("organiser", gathering_id)
    gathering = await gatherings.get(here.mongo, gathering_id)
    return PAGES.render(
        request,
        "staff_gathering.html",
        gathering=gathering,
        moved=gathering.last_move(),
        links=links,
        staff=staff,
    )

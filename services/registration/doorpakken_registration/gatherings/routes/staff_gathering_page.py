"""The staff page of a gathering, with links to all other pages for its work.
A new page needs a line in LINKS and its English in the catalogue."""

from dataclasses import dataclass

from doorpakken_plumbing.identity.staff import SignedIn
from doorpakken_plumbing.service import ServiceDep
from fastapi import Request, Response

from doorpakken_registration.gatherings import gatherings
from doorpakken_registration.web.page import PAGES, pages_router

router = pages_router()


@dataclass(frozen=True)
class Work:
    """A link to a page for staff; `path` is below that of this page."""

    path: str
    title: str
    what: str


LINKS = (
    Work("arrangements", "Regelen voor deelnemers", "Zie wie een tolk of iets anders nodig heeft."),
    Work("waitlist", "Wachtlijst", "Zie wie wacht, en bel wie geen e-mail heeft."),
    Work("portraits", "Portretten", "Schrijf op wie u wilt helpen, wat zij wil en wat tegenzit."),
    Work("tables", "Tafels", "Open tafels en druk de codes af."),
    Work("insights", "Inzichten", "Lees wat mensen aan tafel opschreven en laat het zien."),
    Work("cards", "Kaarten invoeren", "Typ over wat mensen op papier kozen."),
    Work("claims", "Nog te bevestigen", "Bel wie geen e-mail heeft, en vraag of het klopt."),
    Work("offers", "Aanbod", "Bekijk wat is aangeboden, en voer aanbod van anderen in."),
    Work("today", "Vandaag", "Zie wat op u wacht, en wat de volgende stap is."),
)


@router.get("/staff/g/{gathering_id}")
async def show(gathering_id: str, request: Request, here: ServiceDep, staff: SignedIn) -> Response:
    staff.require("organiser", gathering_id)
    gathering = await gatherings.get(here.mongo, gathering_id)
    return PAGES.render(
        request, "staff_gathering.html", gathering=gathering, links=LINKS, staff=staff
    )

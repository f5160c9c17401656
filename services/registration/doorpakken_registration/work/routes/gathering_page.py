"""The staff page of a gathering, with links to all other pages for its work, and how far that is on
the pages of other services. A new page needs a line in LINKS and its English in the catalogue."""

from dataclasses import dataclass

from doorpakken_plumbing.identity.staff import SignedIn
from doorpakken_plumbing.service import ServiceDep
from doorpakken_plumbing.time import clock
from fastapi import Request, Response

from doorpakken_registration.gatherings import gatherings
from doorpakken_registration.web.page import PAGES, pages_router
from doorpakken_registration.work import today

router = pages_router()


@dataclass(frozen=True)
class Work:
    """A link to a page for staff with a role; `{id}` in its path is the gathering's. `step` is the
    step that tells how far it is, and `kinds` are what may wait there."""

    path: str
    title: str
    what: str
    role: str = "organiser"
    service: str = "registration"
    step: str = ""
    kinds: tuple[str, ...] = ()


def _own(path: str, title: str, what: str, role: str = "organiser") -> Work:
    return Work(f"/staff/g/{{id}}/{path}", title, what, role)


LINKS = (
    _own("edit", "Gegevens en programma", "Verander de dag, de plek, het programma en de vragen."),
    _own("arrangements", "Regelen voor deelnemers", "Zie wie een tolk of iets anders nodig heeft."),
    _own("participants", "Deelnemers", "Zie wie komt, meld mensen aan en neem de lijst mee."),
    _own("door", "Aan de deur", "Check mensen in, ook zonder internet."),
    _own("waitlist", "Wachtlijst", "Zie wie wacht, en bel wie geen e-mail heeft."),
    _own("pitches", "Pitches", "Lees de plannen, neem ze aan en kies de volgorde."),
    _own("portraits", "Portretten", "Schrijf op wie u wilt helpen, wat zij wil en wat tegenzit."),
    _own("tables", "Tafels", "Open tafels en druk de codes af."),
    _own("insights", "Inzichten", "Lees wat mensen aan tafel opschreven en laat het zien."),
    _own("cards", "Kaarten invoeren", "Typ over wat mensen op papier kozen.", "door"),
    _own("claims", "Nog te bevestigen", "Bel wie geen e-mail heeft, en vraag of het klopt."),
    _own("acts", "Wie deed wat", "Zie welke collega iets veranderde, en wanneer."),
    _own("offers", "Aanbod", "Bekijk wat is aangeboden, en voer aanbod van anderen in."),
    Work(
        "/g/{id}/rooms",
        "Ruimtes en tijden",
        "Zeg waar en wanneer de werksessies kunnen zijn.",
        service="matching",
        step="rooms",
    ),
    Work(
        "/g/{id}/plans",
        "Plan voor de werksessies",
        "Maak werksessies, en vraag wie ze leidt.",
        service="matching",
        step="plan",
        kinds=("hosts_to_ask", "other_time_asked"),
    ),
    Work(
        "/g/{id}/outbox",
        "Uitnodigingen",
        "Bekijk de mails, verstuur ze en bel wie geen e-mail heeft.",
        service="notification",
        step="invitations",
        kinds=("wave_ready", "on_paper", "mails_set_apart"),
    ),
    _own(
        "promise", "Toezegging opschrijven", "Schrijf op wat iemand toezegt, en vraag of het klopt."
    ),
    _own("promises", "Toezeggingen", "Zie wat is toegezegd, wie u belt en hoe het ervoor staat."),
    _own("agenda", "Agenda voor de volgende keer", "Zie wat nog openstaat, en neem plannen mee."),
    _own("today", "Vandaag", "Zie wat op u wacht, en wat de volgende stap is."),
)


@router.get("/staff/g/{gathering_id}")
async def show(gathering_id: str, request: Request, here: ServiceDep, staff: SignedIn) -> Response:
    links = [one for one in LINKS if staff.may(one.role, gathering_id)]
    if not links:
        staff.require("organiser", gathering_id)
    gathering = await gatherings.get(here.mongo, gathering_id)
    found = await today.at(here.mongo, gathering, clock.now())
    return PAGES.render(
        request,
        "staff_gathering.html",
        gathering=gathering,
        moved=gathering.last_move(),
        links=links,
        done={one.name for one in found.steps if one.is_done},
        lines=found.lines,
        staff=staff,
    )

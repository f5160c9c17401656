"""The page of one promise or action, for all whom it concerns: whose turn it is, and a form for
each move that they may make now. Staff make each of them for who told them by telephone."""

from dataclasses import dataclass
from functools import partial
from typing import Annotated, Any

from doorpakken_plumbing.http.errors import NotFound, Refusal
from doorpakken_plumbing.http.etags import Seen
from doorpakken_plumbing.http.idempotency import IdempotencyKey
from doorpakken_plumbing.identity.limits import in_a_hall
from doorpakken_plumbing.identity.staff import MaybeSignedIn
from doorpakken_plumbing.service import Service, ServiceDep
from fastapi import Depends, Request, Response

from doorpakken_registration.commitments import commitments, sheets
from doorpakken_registration.commitments.model.moves import Move
from doorpakken_registration.commitments.routes.move_forms import ACTS, READ, values_of
from doorpakken_registration.commitments.routes.publication import CHOICES, QUESTION, words_of
from doorpakken_registration.commitments.routes.typed import explained
from doorpakken_registration.commitments.routes.views import Acting
from doorpakken_registration.commitments.sheets import Sheet
from doorpakken_registration.people.routes.visitor import MaybeVisitor, nobody
from doorpakken_registration.staff import acts_shown
from doorpakken_registration.web.form import FormData
from doorpakken_registration.web.form_page import Filled, answer_form, show_form
from doorpakken_registration.web.own_settings import SettingsDep
from doorpakken_registration.web.page import pages_router, see_other

router = pages_router()

CONFLICTS = (403, 409)


@dataclass(frozen=True)
class Opened:
    """The page as somebody opened it, and who acts on it."""

    here: Service
    sheet: Sheet
    acting: Acting

    @property
    def path(self) -> str:
        return f"/commitments/{self.sheet.commitment.id}"


async def opened(
    commitment_id: str, here: ServiceDep, staff: MaybeSignedIn, visitor: MaybeVisitor
) -> Opened:
    """Raises NotFound, Forbidden, or Unauthorised for nobody."""
    if not (staff or visitor):
        raise nobody()
    found = await commitments.get(here.mongo, commitment_id)
    if staff:
        staff.require("reader", found.gathering_id)
    reader = None if staff else visitor
    may_act = staff is None or staff.may("organiser", found.gathering_id)
    sheet = await sheets.sheet_of(here.mongo, found, reader, may_act=may_act)
    acting = Acting(here, found, staff, reader.id if reader else None, Seen())
    return Opened(here, sheet, acting)


OpenedDep = Annotated[Opened, Depends(opened)]


@router.get("/commitments/{commitment_id}")
async def show(request: Request, page: OpenedDep, done: str = "") -> Response:
    first = page.sheet.first
    values = values_of(first, page.sheet.commitment) if first else {}
    about = page.sheet.commitment.id
    return show_form(
        request,
        "commitment.html",
        Filled(values),
        sheet=page.sheet,
        first=first,
        done=done,
        surplus=await sheets.surplus_of(page.here.mongo, page.sheet),
        acts=[] if page.sheet.reader else await acts_shown.on_object(page.here.mongo, about),
        **_asked(page),
    )


@router.get("/commitments/{commitment_id}/{move}")
async def show_move(
    move: str, request: Request, settings: SettingsDep, page: OpenedDep
) -> Response:
    """A move that is not theirs now leads to the page, which says why."""
    asked = _move(move)
    if asked not in page.sheet.moves:
        return see_other(settings, page.path)
    values = values_of(asked, page.sheet.commitment)
    return await _form(request, page, asked, Filled(values))


@router.post("/commitments/{commitment_id}/{move}", dependencies=[in_a_hall("promise", each=20)])
async def make_move(
    move: str, request: Request, staff: MaybeSignedIn, page: OpenedDep, key: IdempotencyKey
) -> Response:
    asked, found = _move(move), page.sheet.commitment
    if staff:
        staff.require("organiser", found.gathering_id)

    async def work(form: FormData) -> str:
        moving = READ[asked](form, found, partial(words_of, request))
        await page.acting.submit(moving, ACTS[asked], key)
        return f"{page.path}?done={asked}"

    again = partial(_form, request, page, asked)
    return await answer_form(request, work, again, explain=explained)


def _move(text: str) -> Move:
    """Raises NotFound."""
    try:
        return Move(text.replace("-", "_"))
    except ValueError:
        raise NotFound("A promise has no such move.") from None


async def _form(request: Request, page: Opened, move: Move, filled: Filled) -> Response:
    problem = filled.problem
    is_refused = isinstance(problem, Refusal) and problem.status in CONFLICTS
    return show_form(
        request,
        "commitment_move.html",
        filled,
        status=problem.status if isinstance(problem, Refusal) and is_refused else None,
        sheet=page.sheet,
        move=move,
        **_asked(page),
    )


def _asked(page: Opened) -> dict[str, Any]:
    return {
        "gathering": page.sheet.gathering,
        "publication_question": QUESTION,
        "publication_choices": CHOICES,
    }

"""Staff pages to enter paper cards by keyboard only, and to print empty cards.
Refuses invalid input with the focus on the wrong field; the rest of the input is kept."""

from functools import partial

from doorpakken_plumbing.http.errors import Refusal
from doorpakken_plumbing.http.idempotency import IdempotencyKey, once
from doorpakken_plumbing.identity import acts
from doorpakken_plumbing.identity.staff import SignedIn, Staff
from doorpakken_plumbing.service import ServiceDep
from fastapi import Request, Response

from doorpakken_registration.conversation import cards, wishes
from doorpakken_registration.gatherings import gatherings
from doorpakken_registration.gatherings.model.gathering import Gathering
from doorpakken_registration.web.form import FormData
from doorpakken_registration.web.form_page import Filled, answer_form, as_done, show_form
from doorpakken_registration.web.own_settings import SettingsDep
from doorpakken_registration.web.page import (
    PAGES,
    Errors,
    Problem,
    new_key,
    pages_router,
    see_other,
    sentence_of,
)

router = pages_router()

CARDS_PER_SHEET = 2
# The field at which a refusal is shown, by slug; all others are shown at `who`.
FIELD_OF = {"not-on-the-card": "numbers", "not-one-of-the-pitches": "numbers"}


@router.get("/staff/g/{gathering_id}/cards")
async def show(gathering_id: str, request: Request, here: ServiceDep, staff: SignedIn) -> Response:
    staff.require("door", gathering_id)
    gathering = await gatherings.get(here.mongo, gathering_id)
    return await _page(request, here, gathering, staff, Filled())


@router.post("/staff/g/{gathering_id}/cards")
async def enter(
    gathering_id: str, request: Request, here: ServiceDep, staff: SignedIn, key: IdempotencyKey
) -> Response:
    staff.require("door", gathering_id)
    gathering = await gatherings.get(here.mongo, gathering_id)

    async def work(form: FormData) -> str:
        who, numbers = form.one("who") or "", form.one("numbers") or ""
        typed = cards.Typed(gathering_id, who, numbers, form.one("attendee_id"))
        enter = acts.noted(
            lambda tx: cards.enter(tx, typed),
            staff.staff_id,
            "card_entered",
            gathering_id,
            gathering_id=gathering_id,
        )
        await once(here, key, as_done(enter))
        return f"/staff/g/{gathering_id}/cards"

    again = partial(_page, request, here, gathering, staff)
    return await answer_form(request, work, again, explain=_errors)


@router.post("/staff/g/{gathering_id}/cards/{card_id}/undo")
async def undo(
    gathering_id: str,
    card_id: str,
    request: Request,
    here: ServiceDep,
    settings: SettingsDep,
    staff: SignedIn,
) -> Response:
    staff.require("door", gathering_id)
    gathering = await gatherings.get(here.mongo, gathering_id)
    try:
        undo = acts.noted(
            lambda tx: cards.undo(tx, gathering_id, card_id),
            staff.staff_id,
            "card_undone",
            card_id,
            gathering_id=gathering_id,
        )
        await here.transact(undo)
    except cards.SaidDifferentlySince as refusal:
        return await _page(request, here, gathering, staff, Filled(errors=_errors(refusal)))
    return see_other(settings, f"/staff/g/{gathering_id}/cards")


@router.get("/staff/g/{gathering_id}/cards/print")
async def sheet(gathering_id: str, request: Request, here: ServiceDep, staff: SignedIn) -> Response:
    staff.require("door", gathering_id)
    return PAGES.render(
        request,
        "cards_print.html",
        gathering=await gatherings.get(here.mongo, gathering_id),
        choices=await wishes.list_choices(here.mongo, gathering_id),
        copies=CARDS_PER_SHEET,
    )


def _errors(problem: Problem) -> Errors:
    assert isinstance(problem, Refusal)
    return [{"field": FIELD_OF.get(problem.slug, "who"), "message": sentence_of(problem)}]


async def _page(
    request: Request, here: ServiceDep, gathering: Gathering, staff: Staff, filled: Filled
) -> Response:
    problem = filled.problem
    return show_form(
        request,
        "cards.html",
        filled,
        staff=staff,
        gathering=gathering,
        stack=await cards.stack_of(here.mongo, gathering.id),
        fitting=problem.faces if isinstance(problem, cards.SeveralFit) else (),
        key=new_key(),
    )

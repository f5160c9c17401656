"""Staff pages to enter paper cards by keyboard only, and to print empty cards.
Refuses invalid input with the focus on the wrong field; the rest of the input is kept."""

from typing import Any

from doorpakken_plumbing.http.errors import Refusal
from doorpakken_plumbing.http.idempotency import IdempotencyKey, StoredResponse, once
from doorpakken_plumbing.identity.staff import SignedIn
from doorpakken_plumbing.service import ServiceDep
from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from doorpakken_registration.conversation import cards, wishes
from doorpakken_registration.gatherings import gatherings
from doorpakken_registration.gatherings.model.gathering import Gathering
from doorpakken_registration.web.form import FormData
from doorpakken_registration.web.own_settings import SettingsDep
from doorpakken_registration.web.page import PAGES, Errors, new_key, pages_router, sentence_of

router = pages_router()

CARDS_PER_SHEET = 2
# The field at which a refusal is shown, by slug; all others are shown at `who`.
FIELD_OF = {"not-on-the-card": "numbers", "not-one-of-the-pitches": "numbers"}


@router.get("/staff/g/{gathering_id}/cards")
async def show(gathering_id: str, request: Request, here: ServiceDep, staff: SignedIn) -> Response:
    staff.require("organiser", gathering_id)
    gathering = await gatherings.get(here.mongo, gathering_id)
    return await _page(request, here, gathering, {"staff": staff})


@router.post("/staff/g/{gathering_id}/cards")
async def enter(
    gathering_id: str,
    request: Request,
    here: ServiceDep,
    settings: SettingsDep,
    staff: SignedIn,
    key: IdempotencyKey,
) -> Response:
    staff.require("organiser", gathering_id)
    gathering = await gatherings.get(here.mongo, gathering_id)
    form = await FormData.read(request)
    who, numbers = form.one("who") or "", form.one("numbers") or ""
    typed = cards.Typed(gathering_id, who, numbers, form.one("attendee_id"))

    async def work(tx: Any) -> StoredResponse:
        return StoredResponse(201, {"id": (await cards.enter(tx, typed)).id})

    try:
        await once(here, key, work)
    except Refusal as refusal:
        context = {"staff": staff, "values": form.values(), "errors": _errors(refusal)}
        fitting = refusal.faces if isinstance(refusal, cards.SeveralFit) else ()
        return await _page(request, here, gathering, context | {"fitting": fitting})
    return RedirectResponse(f"{settings.registration_url}/staff/g/{gathering_id}/cards", 303)


@router.post("/staff/g/{gathering_id}/cards/{card_id}/undo")
async def undo(
    gathering_id: str,
    card_id: str,
    request: Request,
    here: ServiceDep,
    settings: SettingsDep,
    staff: SignedIn,
) -> Response:
    staff.require("organiser", gathering_id)
    gathering = await gatherings.get(here.mongo, gathering_id)
    try:
        await here.transact(lambda tx: cards.undo(tx, gathering_id, card_id))
    except cards.SaidDifferentlySince as refusal:
        context = {"staff": staff, "errors": _errors(refusal)}
        return await _page(request, here, gathering, context)
    return RedirectResponse(f"{settings.registration_url}/staff/g/{gathering_id}/cards", 303)


@router.get("/staff/g/{gathering_id}/cards/print")
async def sheet(gathering_id: str, request: Request, here: ServiceDep, staff: SignedIn) -> Response:
    staff.require("organiser", gathering_id)
    return PAGES.render(
        request,
        "cards_print.html",
        gathering=await gatherings.get(here.mongo, gathering_id),
        choices=await wishes.list_choices(here.mongo, gathering_id),
        copies=CARDS_PER_SHEET,
    )


def _errors(refusal: Refusal) -> Errors:
    return [{"field": FIELD_OF.get(refusal.slug, "who"), "message": sentence_of(refusal)}]


async def _page(
    request: Request, here: ServiceDep, gathering: Gathering, context: dict[str, Any]
) -> Response:
    context = {"values": {}, "errors": [], "fitting": ()} | context
    stack = await cards.stack_of(here.mongo, gathering.id)
    status = 422 if context["errors"] else 200
    return PAGES.render(
        request,
        "cards.html",
        status=status,
        gathering=gathering,
        stack=stack,
        key=new_key(),
        **context,
    )

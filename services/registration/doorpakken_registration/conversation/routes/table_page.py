"""Public pages of a table: enter its code, note an insight, read the approved ones, state wishes.
Refuses what the API refuses, and shows the text again as it was typed."""

from functools import partial

from doorpakken_plumbing.http.idempotency import IdempotencyKey, once
from doorpakken_plumbing.identity.limits import in_a_hall
from doorpakken_plumbing.service import ServiceDep
from fastapi import Request, Response

from doorpakken_registration.conversation import perspectives, tables, wishes
from doorpakken_registration.conversation.model.perspective import TEXT_LENGTH_MAX
from doorpakken_registration.conversation.model.table import CODE_LENGTH, code_of
from doorpakken_registration.conversation.routes.tables import NOTES_EACH, NoteBody, note_of
from doorpakken_registration.conversation.store import perspectives as store
from doorpakken_registration.gatherings import gatherings
from doorpakken_registration.people.routes.visitor import MaybeVisitor
from doorpakken_registration.web.form import FormData
from doorpakken_registration.web.form_page import Filled, answer_form, as_done, show_form
from doorpakken_registration.web.own_settings import SettingsDep
from doorpakken_registration.web.page import PAGES, Errors, pages_router, see_other, sentence_of

router = pages_router()


@router.get("/t")
async def enter(
    request: Request, here: ServiceDep, settings: SettingsDep, code: str = ""
) -> Response:
    errors: Errors = []
    if code.strip():
        try:
            table = await tables.get(here.mongo, code)
            return see_other(settings, f"/t/{table.code}")
        except tables.NoSuchTable as refusal:
            errors = [{"field": "code", "message": sentence_of(refusal)}]
    return PAGES.render(
        request,
        "table_code.html",
        status=404 if errors else 200,
        values={"code": code},
        length=CODE_LENGTH,
        errors=errors,
    )


@router.get("/t/{code}")
async def show(code: str, request: Request, here: ServiceDep, noted: bool = False) -> Response:
    return await _page(request, here, code, Filled(), is_noted=noted)


@router.post("/t/{code}", dependencies=[in_a_hall("perspective", each=NOTES_EACH)])
async def note(
    code: str, request: Request, here: ServiceDep, visitor: MaybeVisitor, key: IdempotencyKey
) -> Response:
    async def work(form: FormData) -> str:
        asked = note_of(code, NoteBody(text=form.one("text") or ""), visitor)
        await once(here, key, as_done(lambda tx: perspectives.share(tx, asked)))
        return f"/t/{code_of(code)}?noted=1"

    return await answer_form(request, work, partial(_page, request, here, code))


async def _page(
    request: Request, here: ServiceDep, code: str, filled: Filled, *, is_noted: bool = False
) -> Response:
    table = await tables.get(here.mongo, code)
    return show_form(
        request,
        "table.html",
        filled,
        table=table,
        title=await tables.title_of(here.mongo, table),
        gathering=await gatherings.get(here.mongo, table.gathering_id),
        takes_wishes=bool(await wishes.list_choices(here.mongo, table.gathering_id)),
        is_open=table.is_open and not await perspectives.is_over(here.mongo, table),
        insights=await store.list_approved_at(here.mongo, table.id),
        is_noted=is_noted,
        length=TEXT_LENGTH_MAX,
    )

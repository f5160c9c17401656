"""Staff pages to open and close tables, and to print a sheet for each of them.
Refuses what the API refuses, and shows the form again as it was filled in."""

from functools import partial

import segno
from doorpakken_events import states
from doorpakken_plumbing.http.errors import NotFound
from doorpakken_plumbing.http.idempotency import IdempotencyKey, once
from doorpakken_plumbing.identity.staff import SignedIn, Staff
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.service import ServiceDep
from fastapi import Request, Response

from doorpakken_registration.conversation import tables
from doorpakken_registration.conversation.model.table import Table
from doorpakken_registration.conversation.routes.tables import (
    TableBody,
    note_table,
    open_or_close,
    opening_of,
)
from doorpakken_registration.conversation.store import personas as personas_store
from doorpakken_registration.conversation.store import tables as store
from doorpakken_registration.gatherings import gatherings
from doorpakken_registration.pitches.store import pitches as pitches_store
from doorpakken_registration.settings import Settings
from doorpakken_registration.staff import acts_shown
from doorpakken_registration.web.form import FormData
from doorpakken_registration.web.form_page import Filled, answer_form, as_done, show_form
from doorpakken_registration.web.own_settings import SettingsDep
from doorpakken_registration.web.page import (
    PAGES,
    Errors,
    Problem,
    errors_of,
    new_key,
    pages_router,
    see_other,
    sentence_of,
)

router = pages_router()

# Screen pixels per module of the QR code; print keeps the proportion.
QR_SCALE = 6


@router.get("/staff/g/{gathering_id}/tables")
async def show(gathering_id: str, request: Request, here: ServiceDep, staff: SignedIn) -> Response:
    return await _page(request, here, staff, gathering_id, Filled())


@router.post("/staff/g/{gathering_id}/tables")
async def open_one(
    gathering_id: str, request: Request, here: ServiceDep, staff: SignedIn, key: IdempotencyKey
) -> Response:
    staff.require("organiser", gathering_id)

    async def work(form: FormData) -> str:
        asked = opening_of(gathering_id, _body(form))

        async def open_one(tx: Transaction) -> None:
            await note_table(tx, staff, "table_opened", await tables.open_one(tx, asked))

        await once(here, key, as_done(open_one))
        return f"/staff/g/{gathering_id}/tables"

    again = partial(_page, request, here, staff, gathering_id)
    return await answer_form(request, work, again, explain=_errors)


@router.post("/staff/g/{gathering_id}/tables/{code}/{verb}")
async def set_open(
    gathering_id: str,
    code: str,
    verb: str,
    here: ServiceDep,
    settings: SettingsDep,
    staff: SignedIn,
) -> Response:
    staff.require("organiser", gathering_id)
    table = await tables.get(here.mongo, code)
    if table.gathering_id != gathering_id or verb not in ("close", "reopen"):
        raise NotFound("There is no such table at this gathering.")
    await here.transact(lambda tx: open_or_close(tx, staff, code, is_open=verb == "reopen"))
    return see_other(settings, f"/staff/g/{gathering_id}/tables")


@router.get("/staff/g/{gathering_id}/tables/print")
async def sheets(
    gathering_id: str, request: Request, here: ServiceDep, settings: SettingsDep, staff: SignedIn
) -> Response:
    staff.require("organiser", gathering_id)
    opened = [one for one in await store.list_tables(here.mongo, gathering_id) if one.is_open]
    return PAGES.render(
        request,
        "tables_print.html",
        gathering=await gatherings.get(here.mongo, gathering_id),
        address=f"{settings.registration_url}/t",
        sheets=[
            (one, await tables.title_of(here.mongo, one), qr_of(settings, one)) for one in opened
        ],
    )


def qr_of(settings: Settings, table: Table) -> str:
    """Inline SVG of the table's address; dark on light also in dark mode, because phones do not
    read inverted codes."""
    code = segno.make(f"{settings.registration_url}/t/{table.code}", error="m", micro=False)
    return code.svg_inline(scale=QR_SCALE, border=4, light="#fff", omitsize=False)


def _body(form: FormData) -> TableBody:
    kind, _, about = (form.one("about") or "").partition(":")
    if kind not in ("persona", "pitch"):
        raise tables.AboutNothing("Choose a portrait or a pitch.")
    return TableBody.model_validate({"label": form.one("label") or "", f"{kind}_id": about})


def _errors(problem: Problem) -> Errors:
    if isinstance(problem, tables.AboutNothing):
        return [{"field": "about", "message": sentence_of(problem)}]
    return errors_of(problem)


async def _page(
    request: Request, here: ServiceDep, staff: Staff, gathering_id: str, filled: Filled
) -> Response:
    staff.require("organiser", gathering_id)
    found = await store.list_tables(here.mongo, gathering_id)
    return show_form(
        request,
        "tables.html",
        filled,
        staff=staff,
        gathering=await gatherings.get(here.mongo, gathering_id),
        tables=[(one, await tables.title_of(here.mongo, one)) for one in found],
        personas=await personas_store.list_personas(here.mongo, gathering_id),
        pitches=await pitches_store.list_pitches(
            here.mongo, gathering_id, (states.Pitch.ACCEPTED,)
        ),
        acts=await acts_shown.on_all(here.mongo, {one.code: one.label for one in found}),
        key=new_key(),
    )

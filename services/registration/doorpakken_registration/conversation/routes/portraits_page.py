"""The public page with portraits, and the pages on which organisers write them.
Refuses what the API refuses, and shows the form again as it was filled in."""

from functools import partial
from typing import Any

from doorpakken_plumbing.http.errors import NotFound
from doorpakken_plumbing.http.idempotency import IdempotencyKey, once
from doorpakken_plumbing.identity.staff import SignedIn, Staff
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.service import ServiceDep
from fastapi import Request, Response
from pydantic import ValidationError

from doorpakken_registration.conversation import personas, portraits
from doorpakken_registration.conversation.model.persona import Persona
from doorpakken_registration.conversation.routes.personas import (
    PersonaBody,
    fields_of,
    note_portrait,
)
from doorpakken_registration.conversation.store import personas as store
from doorpakken_registration.gatherings import gatherings
from doorpakken_registration.web.form import FormData
from doorpakken_registration.web.form_page import (
    Edited,
    Filled,
    answer_form,
    as_done,
    seen_in,
    show_form,
)
from doorpakken_registration.web.own_settings import SettingsDep
from doorpakken_registration.web.page import (
    FIELDS,
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

MANY = ("need_ids",)
# Pitches have fields with the same names but other sentences.
OWN_SENTENCES = {name: FIELDS[f"portrait_{name}"] for name in ("title", "summary")}


@router.get("/g/{gathering_id}/portraits")
async def show(gathering_id: str, request: Request, here: ServiceDep) -> Response:
    gathering = await gatherings.get_public(here.mongo, gathering_id)
    found = await portraits.list_portraits(here.mongo, gathering_id)
    return PAGES.render(request, "portraits.html", gathering=gathering, portraits=found)


@router.get("/staff/g/{gathering_id}/portraits")
async def write(gathering_id: str, request: Request, here: ServiceDep, staff: SignedIn) -> Response:
    return await _page(request, here, staff, gathering_id, None, Filled())


@router.post("/staff/g/{gathering_id}/portraits")
async def describe(
    gathering_id: str, request: Request, here: ServiceDep, staff: SignedIn, key: IdempotencyKey
) -> Response:
    staff.require("organiser", gathering_id)

    async def work(form: FormData) -> str:
        fields = fields_of(_body(form))

        async def make(tx: Transaction) -> None:
            persona = await personas.describe(tx, gathering_id, fields)
            await note_portrait(tx, staff, "portrait_made", persona)

        await once(here, key, as_done(make))
        return f"/staff/g/{gathering_id}/portraits"

    again = partial(_page, request, here, staff, gathering_id, None)
    return await answer_form(request, work, again, many=MANY, explain=_errors)


@router.get("/staff/g/{gathering_id}/portraits/{persona_id}")
async def edit(
    gathering_id: str, persona_id: str, request: Request, here: ServiceDep, staff: SignedIn
) -> Response:
    return await _page(request, here, staff, gathering_id, persona_id, Filled())


@router.post("/staff/g/{gathering_id}/portraits/{persona_id}")
async def change(
    gathering_id: str, persona_id: str, request: Request, here: ServiceDep, staff: SignedIn
) -> Response:
    staff.require("organiser", gathering_id)
    await _persona(here, gathering_id, persona_id)

    async def work(form: FormData) -> str:
        fields = fields_of(_body(form))
        seen = seen_in(form)

        async def change(tx: Transaction) -> None:
            seen.check(await personas.get(tx, persona_id))
            changed = await personas.change(tx, persona_id, fields)
            await note_portrait(tx, staff, "portrait_changed", changed)

        await here.transact(change)
        return f"/staff/g/{gathering_id}/portraits"

    again = partial(_page, request, here, staff, gathering_id, persona_id)
    return await answer_form(request, work, again, many=MANY, explain=_errors)


@router.post("/staff/g/{gathering_id}/portraits/{persona_id}/delete")
async def delete(
    gathering_id: str, persona_id: str, here: ServiceDep, settings: SettingsDep, staff: SignedIn
) -> Response:
    staff.require("organiser", gathering_id)
    persona = await _persona(here, gathering_id, persona_id)

    async def work(tx: Transaction) -> None:
        await personas.delete(tx, persona_id)
        await note_portrait(tx, staff, "portrait_deleted", persona)

    await here.transact(work)
    return see_other(settings, f"/staff/g/{gathering_id}/portraits")


async def _persona(here: ServiceDep, gathering_id: str, persona_id: str) -> Persona:
    persona = await personas.get(here.mongo, persona_id)
    if persona.gathering_id != gathering_id:
        raise NotFound("There is no portrait with this id at this gathering.")
    return persona


def _body(form: FormData) -> PersonaBody:
    return PersonaBody.model_validate(
        {
            "title": form.one("title") or "",
            "summary": form.one("summary") or "",
            "motivations": _lines(form.one("motivations")),
            "frustrations": _lines(form.one("frustrations")),
            "need_ids": form.many("need_ids"),
        }
    )


def _values(persona: Persona) -> dict[str, Any]:
    lines = {name: "\n".join(getattr(persona, name)) for name in ("motivations", "frustrations")}
    return {**vars(persona), **lines, "need_ids": [*persona.need_ids]}


def _lines(text: str | None) -> list[str]:
    return [line for line in (text or "").splitlines() if line.strip()]


def _errors(problem: Problem) -> Errors:
    # One error per field, also when several of its lines are wrong.
    if isinstance(problem, personas.UnknownNeed):
        return [{"field": "need_ids", "message": sentence_of(problem)}]
    found = errors_of(problem)
    wrong = {one["field"].partition(".")[0]: one["message"] for one in found}
    own = OWN_SENTENCES if isinstance(problem, ValidationError) else {}
    return [{"field": name, "message": own.get(name, said)} for name, said in wrong.items()]


async def _page(
    request: Request,
    here: ServiceDep,
    staff: Staff,
    gathering_id: str,
    persona_id: str | None,
    filled: Filled,
) -> Response:
    staff.require("organiser", gathering_id)
    persona = await _persona(here, gathering_id, persona_id) if persona_id else None
    return show_form(
        request,
        "portraits_write.html",
        filled,
        staff=staff,
        gathering=await gatherings.get(here.mongo, gathering_id),
        personas=await store.list_personas(here.mongo, gathering_id),
        needs=await personas.list_needs(here.mongo, gathering_id),
        persona=persona,
        edited=Edited(persona, _values(persona)) if persona else None,
        key=new_key(),
    )

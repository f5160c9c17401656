"""The public page with portraits, and the pages on which organisers write them.
Refuses what the API refuses, and shows the form again as it was filled in."""

from typing import Any

from doorpakken_plumbing.http.errors import NotFound, Refusal
from doorpakken_plumbing.http.idempotency import IdempotencyKey, StoredResponse, once
from doorpakken_plumbing.identity.staff import SignedIn, Staff
from doorpakken_plumbing.service import ServiceDep
from fastapi import Request, Response
from fastapi.responses import RedirectResponse
from pydantic import ValidationError

from doorpakken_registration.conversation import personas, portraits
from doorpakken_registration.conversation.model.persona import Persona
from doorpakken_registration.conversation.routes.personas import PersonaBody, fields_of
from doorpakken_registration.conversation.store import personas as store
from doorpakken_registration.gatherings import gatherings
from doorpakken_registration.settings import Settings
from doorpakken_registration.web.form import FormData
from doorpakken_registration.web.own_settings import SettingsDep
from doorpakken_registration.web.page import (
    FIELDS,
    PAGES,
    Errors,
    errors_of,
    new_key,
    pages_router,
    sentence_of,
)

router = pages_router()

# Pitches have fields with the same names but other sentences.
OWN_SENTENCES = {name: FIELDS[f"portrait_{name}"] for name in ("title", "summary")}


@router.get("/g/{gathering_id}/portraits")
async def show(gathering_id: str, request: Request, here: ServiceDep) -> Response:
    gathering = await gatherings.get_public(here.mongo, gathering_id)
    found = await portraits.list_portraits(here.mongo, gathering_id)
    return PAGES.render(request, "portraits.html", gathering=gathering, portraits=found)


@router.get("/staff/g/{gathering_id}/portraits")
async def write(gathering_id: str, request: Request, here: ServiceDep, staff: SignedIn) -> Response:
    return await _page(request, here, staff, gathering_id, None, {}, [])


@router.post("/staff/g/{gathering_id}/portraits")
async def describe(
    gathering_id: str,
    request: Request,
    here: ServiceDep,
    settings: SettingsDep,
    staff: SignedIn,
    key: IdempotencyKey,
) -> Response:
    staff.require("organiser", gathering_id)
    form = await FormData.read(request)
    try:
        fields = fields_of(_body(form))

        async def work(tx: Any) -> StoredResponse:
            return StoredResponse(
                201, {"id": (await personas.describe(tx, gathering_id, fields)).id}
            )

        await once(here, key, work)
    except (ValidationError, Refusal) as problem:
        values, errors = form.values("need_ids"), _errors(problem)
        return await _page(request, here, staff, gathering_id, None, values, errors)
    return _back(settings, gathering_id)


@router.get("/staff/g/{gathering_id}/portraits/{persona_id}")
async def edit(
    gathering_id: str, persona_id: str, request: Request, here: ServiceDep, staff: SignedIn
) -> Response:
    persona = await _persona(here, gathering_id, persona_id)
    return await _page(request, here, staff, gathering_id, persona, _values(persona), [])


@router.post("/staff/g/{gathering_id}/portraits/{persona_id}")
async def change(
    gathering_id: str,
    persona_id: str,
    request: Request,
    here: ServiceDep,
    settings: SettingsDep,
    staff: SignedIn,
) -> Response:
    staff.require("organiser", gathering_id)
    persona = await _persona(here, gathering_id, persona_id)
    form = await FormData.read(request)
    try:
        fields = fields_of(_body(form))
        await here.transact(lambda tx: personas.change(tx, persona_id, fields))
    except (ValidationError, Refusal) as problem:
        values, errors = form.values("need_ids"), _errors(problem)
        return await _page(request, here, staff, gathering_id, persona, values, errors)
    return _back(settings, gathering_id)


@router.post("/staff/g/{gathering_id}/portraits/{persona_id}/delete")
async def delete(
    gathering_id: str, persona_id: str, here: ServiceDep, settings: SettingsDep, staff: SignedIn
) -> Response:
    staff.require("organiser", gathering_id)
    await _persona(here, gathering_id, persona_id)
    await here.transact(lambda tx: personas.delete(tx, persona_id))
    return _back(settings, gathering_id)


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


def _errors(problem: ValidationError | Refusal) -> Errors:
    # One error per field, also when several of its lines are wrong.
    if isinstance(problem, personas.UnknownNeed):
        return [{"field": "need_ids", "message": sentence_of(problem)}]
    found = errors_of(problem)
    wrong = {one["field"].partition(".")[0]: one["message"] for one in found}
    own = OWN_SENTENCES if isinstance(problem, ValidationError) else {}
    return [{"field": name, "message": own.get(name, said)} for name, said in wrong.items()]


def _back(settings: Settings, gathering_id: str) -> Response:
    return RedirectResponse(f"{settings.registration_url}/staff/g/{gathering_id}/portraits", 303)


async def _page(
    request: Request,
    here: ServiceDep,
    staff: Staff,
    gathering_id: str,
    persona: Persona | None,
    values: dict[str, Any],
    errors: Errors,
) -> Response:
    staff.require("organiser", gathering_id)
    return PAGES.render(
        request,
        "portraits_write.html",
        status=422 if errors else 200,
        staff=staff,
        gathering=await gatherings.get(here.mongo, gathering_id),
        personas=await store.list_personas(here.mongo, gathering_id),
        needs=await personas.list_needs(here.mongo, gathering_id),
        persona=persona,
        values=values,
        errors=errors,
        key=new_key(),
    )

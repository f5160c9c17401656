"""Portraits over HTTP: organisers write them, everybody reads them."""

from typing import Annotated, Any

from doorpakken_plumbing.http.etags import IfSeen, Showing
from doorpakken_plumbing.http.idempotency import IdempotencyKey, StoredResponse, once
from doorpakken_plumbing.http.openapi import problems
from doorpakken_plumbing.identity import acts
from doorpakken_plumbing.identity.staff import MaybeSignedIn, SignedIn, Staff
from doorpakken_plumbing.service import ServiceDep
from fastapi import APIRouter, Response
from pydantic import BaseModel, Field

from doorpakken_registration.conversation import personas
from doorpakken_registration.conversation.model.persona import LINES_MAX, Persona
from doorpakken_registration.conversation.store import personas as store
from doorpakken_registration.gatherings import gatherings
from doorpakken_registration.web.fields import Body, Id, LongText, Title, require_public
from doorpakken_registration.web.paging import Listed, WhichPart

router = APIRouter(prefix="/api/v1", tags=["portraits"])

Lines = Annotated[tuple[Title, ...], Field(max_length=LINES_MAX)]


class PersonaBody(Body):
    """A portrait, whole; all of it is seen by everybody."""

    title: Title = Field(description="such as “Dit is Gladys”")
    summary: LongText = ""
    motivations: Lines = ()
    frustrations: Lines = ()
    need_ids: Annotated[tuple[Id, ...], Field(max_length=100)] = ()


class PersonaView(BaseModel):
    """A portrait."""

    id: str
    version: int
    gathering_id: str
    title: str
    summary: str
    motivations: list[str]
    frustrations: list[str]
    need_ids: list[str]


class PersonaList(Listed[PersonaView]):
    """Portraits in order of writing"""


def fields_of(body: PersonaBody) -> dict[str, Any]:
    """Without duplicate needs; raises ContactDetailsInPublicText."""
    lines = [("motivations", text) for text in body.motivations]
    lines += [("frustrations", text) for text in body.frustrations]
    require_public([("title", body.title), ("summary", body.summary), *lines])
    return {**dict(body), "need_ids": tuple(dict.fromkeys(body.need_ids))}


@router.post(
    "/gatherings/{gathering_id}/personas",
    status_code=201,
    summary="Write a portrait",
    response_model=PersonaView,
    responses=problems(403, 404),
)
async def describe(
    gathering_id: str, body: PersonaBody, here: ServiceDep, staff: SignedIn, key: IdempotencyKey
) -> Response:
    """By an organiser."""
    staff.require("organiser", gathering_id)
    fields = fields_of(body)

    async def work(tx: Any) -> StoredResponse:
        persona = await personas.describe(tx, gathering_id, fields)
        await note_portrait(tx, staff, "portrait_made", persona)
        return StoredResponse(201, view(persona).model_dump(mode="json"))

    return (await once(here, key, work)).response()


@router.get(
    "/personas/{persona_id}",
    summary="Look at a portrait",
    response_model=PersonaView,
    responses=problems(404),
)
async def get(persona_id: str, here: ServiceDep, showing: Showing) -> Response:
    """For everybody."""
    found = await personas.get(here.mongo, persona_id)
    return showing.show(found, view(found))


@router.put(
    "/personas/{persona_id}",
    summary="Change a portrait",
    responses=problems(403, 404),
)
async def change(
    persona_id: str, body: PersonaBody, here: ServiceDep, staff: SignedIn, seen: IfSeen
) -> PersonaView:
    """By an organiser; the same again changes nothing."""
    staff.require("organiser", (await personas.get(here.mongo, persona_id)).gathering_id)
    fields = fields_of(body)

    async def work(tx: Any) -> Persona:
        seen.check(await personas.get(tx, persona_id))
        changed = await personas.change(tx, persona_id, fields)
        await note_portrait(tx, staff, "portrait_changed", changed)
        return changed

    return view(await here.transact(work))


@router.delete(
    "/personas/{persona_id}",
    status_code=204,
    summary="Delete a portrait",
    responses=problems(403, 404),
)
async def delete(persona_id: str, here: ServiceDep, staff: SignedIn, seen: IfSeen) -> None:
    """With its tables and what was noted at them."""
    staff.require("organiser", (await personas.get(here.mongo, persona_id)).gathering_id)

    async def work(tx: Any) -> None:
        found = await personas.get(tx, persona_id)
        seen.check(found)
        await personas.delete(tx, persona_id)
        await note_portrait(tx, staff, "portrait_deleted", found)

    await here.transact(work)


@router.get(
    "/gatherings/{gathering_id}/personas", summary="List portraits", responses=problems(404)
)
async def list_all(
    gathering_id: str, here: ServiceDep, staff: MaybeSignedIn, asked: WhichPart
) -> PersonaList:
    """For everybody."""
    sees_all = staff is not None and staff.may("reader", gathering_id)
    await (gatherings.get if sees_all else gatherings.get_public)(here.mongo, gathering_id)
    page = await store.page_personas(here.mongo, gathering_id, asked.part)
    return PersonaList(items=[view(one) for one in page.items], next=asked.next(page))


async def note_portrait(tx: Any, staff: Staff, did: str, persona: Persona) -> None:
    await acts.note(tx, staff.staff_id, did, persona.id, gathering_id=persona.gathering_id)


def view(persona: Persona) -> PersonaView:
    return PersonaView.model_validate(vars(persona))

"""Portraits in the collection `personas`."""

from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import ASCENDING, Documents

from doorpakken_registration.common.store.documents import all_from, from_document, to_document
from doorpakken_registration.common.store.paging import Page, Part, read_page
from doorpakken_registration.conversation.model.persona import Persona


async def put_persona(tx: Transaction, persona: Persona) -> None:
    await tx["personas"].replace_one({"_id": persona.id}, to_document(persona), upsert=True)


async def find_persona(documents: Documents, persona_id: str) -> Persona | None:
    document = await documents["personas"].find_one({"_id": persona_id})
    return from_document(Persona, document) if document else None


async def list_personas(documents: Documents, gathering_id: str) -> list[Persona]:
    wanted = {"gathering_id": gathering_id}
    return all_from(Persona, await documents["personas"].find(wanted, sort=[("_id", ASCENDING)]))


async def page_personas(documents: Documents, gathering_id: str, part: Part) -> Page[Persona]:
    wanted = {"gathering_id": gathering_id}
    return await read_page(documents["personas"], wanted, [("_id", ASCENDING)], part, Persona)


async def delete_persona(tx: Transaction, persona_id: str) -> None:
    await tx["personas"].delete_one({"_id": persona_id})

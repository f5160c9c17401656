"""Portraits that organisers write, with motivations, frustrations and the needs that would help.
Refuses needs that no pitch of that gathering has."""

from collections.abc import Collection, Mapping
from typing import Any

from doorpakken_events.registration import PersonaDescribed
from doorpakken_plumbing.http.errors import Invalid, NotFound
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import Documents

from doorpakken_registration.conversation import perspectives
from doorpakken_registration.conversation.model.persona import Persona
from doorpakken_registration.conversation.store import personas as store
from doorpakken_registration.conversation.store import tables as tables_store
from doorpakken_registration.gatherings import gatherings
from doorpakken_registration.pitches.model.pitch import OPEN, Need, Pitch
from doorpakken_registration.pitches.store import pitches as pitches_store


class UnknownNeed(Invalid):
    """No pitch of this gathering has this need."""

    slug = "unknown-need"
    dutch = "Kies iets dat bij een pitch van deze bijeenkomst hoort."


async def get(documents: Documents, persona_id: str) -> Persona:
    found = await store.find_persona(documents, persona_id)
    if found is None:
        raise NotFound("There is no portrait with this id.")
    return found


async def describe(tx: Transaction, gathering_id: str, fields: Mapping[str, Any]) -> Persona:
    await gatherings.get_public(tx, gathering_id)
    await _check_needs(tx, gathering_id, fields["need_ids"])
    return await _put(tx, Persona(tx.new_id(), 1, gathering_id, **fields))


async def change(tx: Transaction, persona_id: str, fields: Mapping[str, Any]) -> Persona:
    """Publishes nothing if no field changes. Only the needs that are added are checked."""
    before = await get(tx, persona_id)
    added = set(fields["need_ids"]) - set(before.need_ids)
    await _check_needs(tx, before.gathering_id, added)
    after = before.described(**fields)
    return before if after == before else await _put(tx, after)


async def delete(tx: Transaction, persona_id: str) -> None:
    """Deletes the portrait with its tables and insights, and publishes tombstones."""
    persona = await get(tx, persona_id)
    tx.publish_tombstones(PersonaDescribed, persona.id, persona.version)
    await store.delete_persona(tx, persona.id)
    await tables_store.delete_tables_about(tx, persona.id)
    await perspectives.delete_about(tx, persona.id)


async def list_needs(documents: Documents, gathering_id: str) -> list[tuple[Pitch, Need]]:
    open_ones = await pitches_store.list_pitches(documents, gathering_id, OPEN)
    return [(pitch, need) for pitch in open_ones for need in pitch.needs]


async def _check_needs(tx: Transaction, gathering_id: str, need_ids: Collection[str]) -> None:
    if not need_ids:
        return
    known = {need.need_id for _, need in await list_needs(tx, gathering_id)}
    if not known.issuperset(need_ids):
        message = "Choose needs of the pitches of this gathering."
        raise UnknownNeed(message, errors=[{"field": "need_ids", "message": message}])


async def _put(tx: Transaction, persona: Persona) -> Persona:
    await store.put_persona(tx, persona)
    said = PersonaDescribed(
        persona_id=persona.id,
        gathering_id=persona.gathering_id,
        title=persona.title,
        summary=persona.summary,
        motivations=persona.motivations,
        frustrations=persona.frustrations,
        need_ids=persona.need_ids,
    )
    tx.publish(said, persona.version)
    return persona

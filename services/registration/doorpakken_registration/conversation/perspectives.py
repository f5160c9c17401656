"""Insights that anybody at a table can note; staff decide which are public.
Refuses a closed table, and a gathering that is past or cancelled."""

from collections.abc import Sequence
from dataclasses import dataclass

from doorpakken_events import states
from doorpakken_events.registration import PerspectiveShared
from doorpakken_plumbing.http.errors import Conflict, NotFound
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import Documents
from doorpakken_plumbing.time import clock

from doorpakken_registration.conversation import tables
from doorpakken_registration.conversation.model.perspective import Perspective
from doorpakken_registration.conversation.model.table import Table
from doorpakken_registration.conversation.store import perspectives as store
from doorpakken_registration.gatherings import gatherings
from doorpakken_registration.people import persons


class ConversationIsOver(Conflict):
    """The gathering was cancelled, or its last day is past."""

    slug = "conversation-over"
    dutch = "Deze bijeenkomst is voorbij. U kunt hier niets meer opschrijven."


@dataclass(frozen=True)
class Note:
    """An insight for the table with this code; `person_id` is set for the holder of a personal
    link."""

    code: str
    text: str
    person_id: str | None


async def get(documents: Documents, perspective_id: str) -> Perspective:
    found = await store.find_perspective(documents, perspective_id)
    if found is None:
        raise NotFound("There is no insight with this id.")
    return found


async def is_over(documents: Documents, table: Table) -> bool:
    gathering = await gatherings.get(documents, table.gathering_id)
    return gathering.is_cancelled or gathering.is_past(clock.now())


async def share(tx: Transaction, note: Note) -> Perspective:
    """Stores an insight as pending; raises NoSuchTable, TableClosed, ConversationIsOver or
    NotFound."""
    table = await tables.hold(tx, note.code)
    if await is_over(tx, table):
        raise ConversationIsOver("This gathering is over. Nothing can be noted any more.")
    if note.person_id:
        await persons.hold(tx, note.person_id)
    return await _put(
        tx,
        Perspective(
            id=tx.new_id(),
            version=1,
            gathering_id=table.gathering_id,
            table_id=table.id,
            persona_id=table.persona_id,
            pitch_id=table.pitch_id,
            person_id=note.person_id,
            text=note.text,
            shared_at=clock.now(),
        ),
    )


async def moderate(tx: Transaction, perspective_id: str, state: states.Perspective) -> Perspective:
    perspective = await get(tx, perspective_id)
    if perspective.state is state:
        return perspective
    return await _put(tx, perspective.moderated(state))


async def delete_about(tx: Transaction, persona_id: str) -> int:
    return await _delete(tx, await store.list_perspectives_about(tx, persona_id))


async def _delete(tx: Transaction, found: Sequence[Perspective]) -> int:
    for one in found:
        tx.publish_tombstones(PerspectiveShared, one.id, one.version)
    await store.delete_perspectives(tx, [one.id for one in found])
    return len(found)


async def _put(tx: Transaction, perspective: Perspective) -> Perspective:
    await store.put_perspective(tx, perspective)
    said = PerspectiveShared(
        perspective_id=perspective.id,
        gathering_id=perspective.gathering_id,
        persona_id=perspective.persona_id,
        pitch_id=perspective.pitch_id,
        text=perspective.text,
        state=perspective.state,
        shared_at=perspective.shared_at,
    )
    tx.publish(said, perspective.version)
    return perspective

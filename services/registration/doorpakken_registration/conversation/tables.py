"""Tables that organisers open for a portrait or a pitch, each reached by a code of five characters.
Refuses a portrait or pitch of another gathering."""

import secrets
from dataclasses import dataclass

from doorpakken_plumbing.http.errors import Busy, Conflict, Invalid, NotFound
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import Documents
from doorpakken_plumbing.time import clock

from doorpakken_registration.conversation.model.table import (
    CODE_ALPHABET,
    CODE_LENGTH,
    Table,
    code_of,
)
from doorpakken_registration.conversation.store import personas as personas_store
from doorpakken_registration.conversation.store import tables as store
from doorpakken_registration.gatherings import gatherings
from doorpakken_registration.pitches.store import pitches as pitches_store

CODE_DRAWS_MAX = 20


class NoSuchTable(NotFound):
    """No table has this code."""

    slug = "no-such-table"
    dutch = "Deze code kennen wij niet. Kijk nog eens op de kaart."


class TableClosed(Conflict):
    """Staff closed it."""

    slug = "table-closed"
    dutch = "Deze tafel is gesloten. U kunt hier niets meer opschrijven."


class AboutNothing(Invalid):
    """Neither a portrait nor an accepted pitch of this gathering."""

    slug = "about-nothing"
    dutch = "Kies een portret of een pitch."


@dataclass(frozen=True)
class Opening:
    """A request to open a table about a portrait or a pitch."""

    gathering_id: str
    label: str
    persona_id: str | None
    pitch_id: str | None


async def get(documents: Documents, code: str) -> Table:
    """Accepts the code as typed; raises NoSuchTable."""
    found = await store.find_table(documents, code_of(code))
    if found is None:
        raise NoSuchTable("There is no table with this code. Look at the card once more.")
    return found


async def hold(tx: Transaction, code: str) -> Table:
    """Makes a concurrent delete of the table conflict; raises NoSuchTable or TableClosed."""
    found = await store.hold_table(tx, code_of(code))
    if found is None:
        raise NoSuchTable("There is no table with this code. Look at the card once more.")
    if not found.is_open:
        raise TableClosed("This table is closed. Nothing can be noted here any more.")
    return found


async def open_one(tx: Transaction, asked: Opening) -> Table:
    await gatherings.get_public(tx, asked.gathering_id)
    await _check_subject(tx, asked)
    table = Table(
        id=tx.new_id(),
        gathering_id=asked.gathering_id,
        label=asked.label,
        code=await _free_code(tx),
        persona_id=asked.persona_id,
        pitch_id=asked.pitch_id,
        opened_at=clock.now(),
    )
    await store.add_table(tx, table)
    return table


async def set_open(tx: Transaction, code: str, *, is_open: bool) -> Table:
    table = (await get(tx, code)).with_open(is_open)
    await store.set_open(tx, table)
    return table


async def title_of(documents: Documents, table: Table) -> str:
    if table.persona_id:
        persona = await personas_store.find_persona(documents, table.persona_id)
        return persona.title if persona else ""
    titles = await pitches_store.titles_of(documents, [table.pitch_id or ""])
    return titles.get(table.pitch_id or "", "")


def draw_code() -> str:
    return "".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH))


async def _free_code(tx: Transaction) -> str:
    for _ in range(CODE_DRAWS_MAX):
        code = draw_code()
        if await store.find_table(tx, code) is None:
            return code
    raise Busy("No free code was found. Try once more.")


async def _check_subject(tx: Transaction, asked: Opening) -> None:
    if asked.persona_id:
        persona = await personas_store.find_persona(tx, asked.persona_id)
        if persona and persona.gathering_id == asked.gathering_id:
            return
    elif asked.pitch_id:
        pitch = await pitches_store.find_pitch(tx, asked.pitch_id)
        if pitch and pitch.gathering_id == asked.gathering_id and pitch.is_accepted:
            return
    raise AboutNothing("Choose a portrait or an accepted pitch of this gathering.")

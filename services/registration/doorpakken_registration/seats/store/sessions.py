"""Work sessions as received, with the seats given out here, in `sessions`."""

from collections.abc import Iterable
from datetime import datetime

from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import ASCENDING, Documents, UpdateOne

from doorpakken_registration.common.store.documents import (
    all_from,
    from_document,
    to_document,
    with_fields,
)
from doorpakken_registration.common.store.paging import Page, Part, read_page
from doorpakken_registration.seats.model.session import Session

SEATS = ("taken", "waiting", "offered", "next_place", "lapses_at")


async def put_session(tx: Transaction, session: Session) -> None:
    await tx["sessions"].replace_one({"_id": session.id}, to_document(session), upsert=True)


async def hold_link(tx: Transaction, session_id: str, known: str | None) -> str | None:
    """The link stored for the session, or `known` where none was received. Writes to the row, so
    that a concurrent `put_link` conflicts."""
    row = await tx["session_links"].find_one_and_update(
        {"_id": session_id}, {"$set": {"held_by": tx.new_id()}}, upsert=True
    )
    link: str | None = row.get("link", known) if row else known
    return link


async def put_link(tx: Transaction, session_id: str, link: str | None) -> None:
    """Works also before the session itself was received."""
    told = {"$set": {"link": link}}
    await tx["session_links"].update_one({"_id": session_id}, told, upsert=True)
    await tx["sessions"].update_one({"_id": session_id}, told)


async def set_seats(tx: Transaction, sessions: Iterable[Session]) -> None:
    await tx["sessions"].bulk_write(
        [
            UpdateOne({"_id": one.id}, {"$set": {name: getattr(one, name) for name in SEATS}})
            for one in sessions
        ]
    )


async def set_lapses_at(tx: Transaction, session_id: str, at: datetime | None) -> None:
    await tx["sessions"].update_one({"_id": session_id}, {"$set": {"lapses_at": at}})


async def find_session(documents: Documents, session_id: str) -> Session | None:
    document = await documents["sessions"].find_one({"_id": session_id})
    return from_document(Session, document) if document else None


async def list_sessions(documents: Documents, ids: Iterable[str]) -> list[Session]:
    return all_from(Session, await documents["sessions"].find({"_id": {"$in": [*ids]}}))


async def page_sessions(
    documents: Documents, gathering_id: str, part: Part, state: str | None = None
) -> Page[Session]:
    wanted = with_fields(gathering_id=gathering_id, state=state)
    order = [("starts_at", ASCENDING), ("_id", ASCENDING)]
    return await read_page(documents["sessions"], wanted, order, part, Session)


async def list_sessions_of(documents: Documents, gathering_id: str) -> list[Session]:
    """Ordered by start."""
    found = await documents["sessions"].find(
        {"gathering_id": gathering_id}, sort=[("starts_at", ASCENDING), ("_id", ASCENDING)]
    )
    return all_from(Session, found)

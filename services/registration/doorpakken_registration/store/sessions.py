"""Work sessions as heard, with the seats given out here, in `sessions`."""

from collections.abc import Iterable

from doorpakken_plumbing.mongo import ASCENDING, Documents, UpdateOne
from doorpakken_plumbing.transaction import Transaction

from doorpakken_registration.model.session import Session
from doorpakken_registration.store.documents import all_from, from_document, to_document


async def put_session(tx: Transaction, session: Session) -> None:
    """Keeps a session, new or changed."""
    await tx["sessions"].replace_one({"_id": session.id}, to_document(session), upsert=True)


async def set_seats(tx: Transaction, sessions: Iterable[Session]) -> None:
    """Keeps how many seats are taken and who stands in line next."""
    await tx["sessions"].bulk_write(
        [
            UpdateOne(
                {"_id": one.id},
                {
                    "$set": {
                        "taken": one.taken,
                        "waiting": one.waiting,
                        "next_place": one.next_place,
                    }
                },
            )
            for one in sessions
        ]
    )


async def find_session(documents: Documents, session_id: str) -> Session | None:
    """The session, or None."""
    document = await documents["sessions"].find_one({"_id": session_id})
    return from_document(Session, document) if document else None


async def list_sessions(documents: Documents, ids: Iterable[str]) -> list[Session]:
    """The sessions with these ids."""
    return all_from(Session, await documents["sessions"].find({"_id": {"$in": [*ids]}}))


async def list_sessions_of(documents: Documents, gathering_id: str) -> list[Session]:
    """A gathering's sessions by their start."""
    found = await documents["sessions"].find(
        {"gathering_id": gathering_id}, sort=[("starts_at", ASCENDING), ("_id", ASCENDING)]
    )
    return all_from(Session, found)

"""Sign-ups and the calendars written with each of them, in `sign_ups` and `calendars`."""

from collections.abc import Iterable
from dataclasses import replace
from operator import itemgetter

from doorpakken_events import states
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import ASCENDING, Document, Documents, ReplaceOne

from doorpakken_registration.common.store.documents import (
    all_from,
    from_document,
    from_fields,
    to_document,
    to_fields,
)
from doorpakken_registration.seats.model.sign_up import (
    KEPT_FOR_A_WHILE,
    Calendar,
    SignUp,
)


async def keep_sign_ups(
    tx: Transaction, *, made: Iterable[SignUp], changed: Iterable[SignUp]
) -> None:
    """Writes changed ones first: an attendee has one open sign-up in a session, and a new one may
    replace one that has just ended."""
    await tx["sign_ups"].bulk_write(
        [ReplaceOne({"_id": one.id}, _document(one)) for one in changed]
    )
    await tx["sign_ups"].insert_many([_document(sign_up) for sign_up in made])


async def find_sign_up(documents: Documents, sign_up_id: str) -> SignUp | None:
    document = await documents["sign_ups"].find_one({"_id": sign_up_id})
    return from_document(SignUp, document) if document else None


async def list_sign_ups(documents: Documents, ids: Iterable[str]) -> list[SignUp]:
    wanted = [*ids]
    if not wanted:
        return []
    return all_from(SignUp, await documents["sign_ups"].find({"_id": {"$in": wanted}}))


async def list_open_sign_ups(documents: Documents, attendee_ids: Iterable[str]) -> list[SignUp]:
    found = await documents["sign_ups"].find(
        {"attendee_id": {"$in": [*attendee_ids]}, "is_open": True}
    )
    return all_from(SignUp, found)


async def list_all_sign_ups(documents: Documents, attendee_id: str) -> list[SignUp]:
    return all_from(SignUp, await documents["sign_ups"].find({"attendee_id": attendee_id}))


async def list_open_in_session(documents: Documents, session_id: str) -> list[SignUp]:
    found = await documents["sign_ups"].find({"session_id": session_id, "is_open": True})
    return all_from(SignUp, found)


async def list_line(
    documents: Documents, session_id: str, *, most: int
) -> tuple[list[SignUp], bool]:
    """The first who wait, by place, and whether these are all of them."""
    found = await documents["sign_ups"].find(
        {"session_id": session_id, "state": states.SignUp.WAITLISTED},
        sort=[("place", ASCENDING), ("_id", ASCENDING)],
        limit=most + 1,
    )
    return all_from(SignUp, found[:most]), len(found) <= most


async def list_holds(documents: Documents, session_id: str) -> list[SignUp]:
    """The seats with a `hold_until`, the earliest first."""
    found = await documents["sign_ups"].find(
        {"session_id": session_id, "state": {"$in": [*KEPT_FOR_A_WHILE]}}
    )
    held = (one for one in found if one["hold_until"])
    return all_from(SignUp, sorted(held, key=itemgetter("hold_until")))


async def count_before(documents: Documents, sign_up: SignUp) -> int:
    return await documents["sign_ups"].count(
        {
            "session_id": sign_up.session_id,
            "state": states.SignUp.WAITLISTED,
            "place": {"$lt": sign_up.place},
        }
    )


async def find_calendar(documents: Documents, person_id: str) -> Calendar | None:
    document = await documents["calendars"].find_one({"_id": person_id})
    return from_fields(Calendar, document) if document else None


async def list_calendars(documents: Documents, person_ids: Iterable[str]) -> list[Calendar]:
    found = await documents["calendars"].find({"_id": {"$in": [*person_ids]}})
    return [from_fields(Calendar, document) for document in found]


async def add_calendars(tx: Transaction, calendars: Iterable[Calendar]) -> None:
    await tx["calendars"].insert_many([_written(calendar) for calendar in calendars])


async def put_calendars(tx: Transaction, calendars: Iterable[Calendar]) -> None:
    """Concurrent changes of one calendar conflict in the database."""
    await tx["calendars"].bulk_write(
        [ReplaceOne({"_id": one.person_id}, _written(one), upsert=True) for one in calendars]
    )


def _document(sign_up: SignUp) -> Document:
    return {**to_document(sign_up), "is_open": sign_up.is_open}


def _written(calendar: Calendar) -> Document:
    # Raised on every write: replacing a calendar by its equal writes nothing, and two concurrent
    # changes that both depend on it would not conflict.
    raised = replace(calendar, version=calendar.version + 1)
    return {"_id": calendar.person_id, **to_fields(raised)}


async def remove_calendar(tx: Transaction, person_id: str) -> None:
    """The calendar is written before it is deleted, so that a seat given out at this moment
    conflicts, also when the person had no calendar."""
    gone = {"_id": person_id}
    await tx["calendars"].update_one(gone, {"$set": {"person_id": person_id}}, upsert=True)
    await tx["calendars"].delete_one(gone)


async def list_sign_ups_of(documents: Documents, attendee_ids: Iterable[str]) -> list[SignUp]:
    """Ended ones included; oldest first."""
    found = await documents["sign_ups"].find(
        {"attendee_id": {"$in": [*attendee_ids]}}, sort=[("signed_up_at", ASCENDING)]
    )
    return all_from(SignUp, found)

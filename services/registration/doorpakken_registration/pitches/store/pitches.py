"""Pitches in the collection `pitches`. Lists and pages are oldest first, `list_pitches` at most
`LISTED_MAX`; no states means all."""

from collections.abc import Iterable

from doorpakken_events import states
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import ASCENDING, DESCENDING, Document, Documents

from doorpakken_registration.common.store.documents import all_from, from_document, to_document
from doorpakken_registration.common.store.paging import Page, Part, read_page
from doorpakken_registration.pitches.model.pitch import Pitch

LISTED_MAX = 1000


async def add_pitch(tx: Transaction, pitch: Pitch) -> None:
    await tx["pitches"].insert_one(to_document(pitch))


async def put_pitch(tx: Transaction, pitch: Pitch) -> None:
    await tx["pitches"].replace_one({"_id": pitch.id}, to_document(pitch))


async def find_pitch(documents: Documents, pitch_id: str) -> Pitch | None:
    document = await documents["pitches"].find_one({"_id": pitch_id})
    return from_document(Pitch, document) if document else None


async def find_pitch_with_need(
    documents: Documents, gathering_id: str, need_id: str
) -> Pitch | None:
    document = await documents["pitches"].find_one(
        {"gathering_id": gathering_id, "needs.need_id": need_id}
    )
    return from_document(Pitch, document) if document else None


async def find_continuing(documents: Documents, pitch_id: str, gathering_id: str) -> Pitch | None:
    """The pitch at that gathering that goes on with this one."""
    document = await documents["pitches"].find_one(
        {"continues": pitch_id, "gathering_id": gathering_id}
    )
    return from_document(Pitch, document) if document else None


async def hold_pitch(tx: Transaction, pitch_id: str) -> Pitch | None:
    """Writes it without changing it, so that a change at the same time conflicts."""
    document = await tx["pitches"].find_one_and_update({"_id": pitch_id}, {"$inc": {"held": 1}})
    return from_document(Pitch, document) if document else None


async def list_pitches(
    documents: Documents, gathering_id: str, states: Iterable[str] = ()
) -> list[Pitch]:
    return (await page_pitches(documents, gathering_id, Part(LISTED_MAX), states)).items


async def has_any(documents: Documents, gathering_id: str, state: str) -> bool:
    wanted = {"gathering_id": gathering_id, "state": state}
    return await documents["pitches"].find_one(wanted, projection={"_id": 1}) is not None


async def page_pitches(
    documents: Documents, gathering_id: str, part: Part, states: Iterable[str] = ()
) -> Page[Pitch]:
    wanted: Document = {"gathering_id": gathering_id}
    if states:
        wanted["state"] = {"$in": [*states]}
    order = [("submitted_at", ASCENDING), ("_id", ASCENDING)]
    return await read_page(documents["pitches"], wanted, order, part, Pitch)


async def list_newest_accepted(documents: Documents, gathering_id: str, limit: int) -> list[Pitch]:
    found = await documents["pitches"].find(
        {"gathering_id": gathering_id, "state": states.Pitch.ACCEPTED},
        sort=[("submitted_at", DESCENDING)],
        limit=limit,
    )
    return all_from(Pitch, found)


async def list_pitches_by(documents: Documents, person_id: str) -> list[Pitch]:
    sort = [("submitted_at", ASCENDING), ("_id", ASCENDING)]
    found = await documents["pitches"].find({"pitchers": person_id}, sort=sort)
    return all_from(Pitch, found)


async def list_pitches_for(documents: Documents, organisation_id: str) -> list[Pitch]:
    wanted = {"organisation_id": organisation_id}
    found = await documents["pitches"].find(wanted, sort=[("submitted_at", ASCENDING)])
    return all_from(Pitch, found)


async def list_with_ids(documents: Documents, pitch_ids: Iterable[str]) -> list[Pitch]:
    return all_from(Pitch, await documents["pitches"].find({"_id": {"$in": [*pitch_ids]}}))


async def titles_of(documents: Documents, pitch_ids: Iterable[str]) -> dict[str, str]:
    found = await documents["pitches"].find({"_id": {"$in": [*pitch_ids]}}, projection={"title": 1})
    return {document["_id"]: document["title"] for document in found}

"""Commitments in the collection `commitments`; lists are whole and oldest first, but for that of a
gathering."""

from collections.abc import Iterable

from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import ASCENDING, Document, Documents

from doorpakken_registration.commitments.model.commitment import Commitment, State
from doorpakken_registration.common.store.documents import all_from, from_document, to_document
from doorpakken_registration.common.store.paging import Page, Part, read_page

OPEN_MAX = 2000
OPEN = [one for one in State if one not in (State.CONFIRMED, State.ENDED)]
_ORDER = [("made_at", ASCENDING), ("_id", ASCENDING)]


async def put_commitment(tx: Transaction, commitment: Commitment) -> None:
    await tx["commitments"].replace_one(
        {"_id": commitment.id}, to_document(commitment), upsert=True
    )


async def find_commitment(documents: Documents, commitment_id: str) -> Commitment | None:
    document = await documents["commitments"].find_one({"_id": commitment_id})
    return from_document(Commitment, document) if document else None


async def page_commitments(documents: Documents, gathering_id: str, part: Part) -> Page[Commitment]:
    wanted = {"gathering_id": gathering_id}
    return await read_page(documents["commitments"], wanted, _ORDER, part, Commitment)


async def list_of_pitch(documents: Documents, pitch_id: str) -> list[Commitment]:
    return await _list(documents, {"pitch_id": pitch_id})


async def list_of_session(documents: Documents, session_id: str) -> list[Commitment]:
    return await _list(documents, {"session_id": session_id})


async def list_open(documents: Documents, gathering_id: str) -> list[Commitment]:
    """Those of a gathering that are neither confirmed nor ended, at most `OPEN_MAX`."""
    wanted = {"gathering_id": gathering_id, "state": {"$in": [*OPEN]}}
    found = await documents["commitments"].find(wanted, sort=_ORDER, limit=OPEN_MAX)
    return all_from(Commitment, found)


async def gatherings_with_open(documents: Documents, ids: Iterable[str]) -> set[str]:
    """Of these, those with a promise that is neither confirmed nor ended."""
    found = await documents["commitments"].aggregate(
        [
            {"$match": {"gathering_id": {"$in": [*ids]}, "state": {"$in": [*OPEN]}}},
            {"$group": {"_id": "$gathering_id"}},
        ]
    )
    return {one["_id"] for one in found}


async def list_from_offer(documents: Documents, offer_id: str) -> list[Commitment]:
    """Those that did not end."""
    return await _list(documents, {"offer_id": offer_id, "state": {"$ne": State.ENDED}})


async def list_owned_by(documents: Documents, person_id: str) -> list[Commitment]:
    return await _list(documents, {"person_id": person_id})


async def list_owned_for(documents: Documents, organisation_id: str) -> list[Commitment]:
    return await _list(documents, {"organisation_id": organisation_id})


async def list_handed_to(documents: Documents, person_id: str) -> list[Commitment]:
    return await _list(documents, {"hand_over_to": person_id})


async def list_to_confirm(documents: Documents, pitch_ids: Iterable[str]) -> list[Commitment]:
    """What was promised to these pitches and is said to be done."""
    return await _list(documents, {"pitch_id": {"$in": [*pitch_ids]}, "state": State.DELIVERED})


async def list_naming(documents: Documents, person_id: str) -> list[Commitment]:
    """Those that name this person beside their owner, in no order."""
    names = ("hand_over_to", "passed_by", "entered_by", "history.by")
    wanted = {"$or": [{name: person_id} for name in names]}
    return all_from(Commitment, await documents["commitments"].find(wanted))


async def has_spoken(documents: Documents, person_id: str) -> bool:
    wanted = {"history.by": person_id}
    return await documents["commitments"].find_one(wanted, projection={"_id": 1}) is not None


async def delete_commitments(tx: Transaction, ids: Iterable[str]) -> None:
    await tx["commitments"].delete_many({"_id": {"$in": [*ids]}})


async def _list(documents: Documents, wanted: Document) -> list[Commitment]:
    return all_from(Commitment, await documents["commitments"].find(wanted, sort=_ORDER))

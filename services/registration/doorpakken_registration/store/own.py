"""Everything registration keeps of one person, found by their id or by those of their attendees:
to show it to them, and to forget it."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from doorpakken_plumbing.mongo import ASCENDING, Document, Documents
from doorpakken_plumbing.transaction import Transaction

# The collections in which a document is somebody's, by the field that says whose.
OF_PERSON = {
    "persons": "_id",
    "attendees": "person_id",
    "used_links": "person_id",
    "link_requests": "person_id",
    "followers": "_id",
    "seat_consents": "person_id",
    "endorsements": "person_id",
    "offers": "person_id",
    "particulars": "person_id",
    "consents": "person_id",
    "perspectives": "person_id",
    "handovers": "person_id",
    "mail_requests": "person_id",
    "invitations": "person_id",
    "hostings": "person_id",
    "hosting_answers": "person_id",
    "pitches": "pitchers",
    "drafts": "person_id",
    "claims": "person_id",
}
OF_ATTENDEE = {
    "sign_ups": "attendee_id",
    "answers": "attendee_id",
    "recommendations": "_id",
    "wishes": "_id",
}


async def list_own(
    documents: Documents, person_id: str, attendee_ids: Sequence[str]
) -> dict[str, list[Document]]:
    """The documents of one person, by collection."""
    owners = [(OF_PERSON, [person_id]), (OF_ATTENDEE, [*attendee_ids])]
    return {
        name: await documents[name].find({field: {"$in": ids}})
        for fields, ids in owners
        for name, field in fields.items()
    }


async def take(tx: Transaction, collection: str, field: str, ids: Sequence[str]) -> dict[str, int]:
    """Deletes what these ids own; the versions it had, by id."""
    match = {field: {"$in": [*ids]}}
    found = await tx[collection].find(match, projection={"version": 1})
    await tx[collection].delete_many(match)
    return {document["_id"]: document.get("version", 0) for document in found}


async def take_requested(
    tx: Transaction, collection: str, before: datetime, limit: int
) -> dict[str, int]:
    """Deletes some of the requests made before a moment, the oldest first; their versions by id."""
    found = await tx[collection].find(
        {"requested_at": {"$lt": before}},
        sort=[("requested_at", ASCENDING)],
        limit=limit,
        projection={"_id": 1},
    )
    return await take(tx, collection, "_id", [document["_id"] for document in found])


async def free_places(tx: Transaction, gathering_ids: Iterable[str]) -> None:
    """One place of each gathering is free again."""
    for gathering_id in gathering_ids:
        await tx["gatherings"].update_one({"_id": gathering_id}, {"$inc": {"taken": -1}})

"""Support for pitches in the collection `endorsements`, one for each supporter of a pitch."""

from collections.abc import Iterable

from doorpakken_plumbing.mongo import ASCENDING, Document, Documents
from doorpakken_plumbing.transaction import Transaction

from doorpakken_registration.model.endorsement import Endorsement, EndorsementStep
from doorpakken_registration.store.documents import from_document, from_fields, to_document

LISTED_MAX = 1000


async def find_endorsement(documents: Documents, endorsement_id: str) -> Endorsement | None:
    """The support with this id, or None."""
    document = await documents["endorsements"].find_one({"_id": endorsement_id})
    return _endorsement(document) if document else None


async def find_endorsement_by(
    documents: Documents, pitch_id: str, supporter: str
) -> Endorsement | None:
    """What this person or organisation says of the pitch, or None."""
    document = await documents["endorsements"].find_one(
        {"pitch_id": pitch_id, "supporter": supporter}
    )
    return _endorsement(document) if document else None


async def put_endorsement(tx: Transaction, endorsement: Endorsement) -> None:
    """Keeps new or changed support."""
    document = {**to_document(endorsement), "supporter": endorsement.supporter}
    await tx["endorsements"].replace_one({"_id": endorsement.id}, document, upsert=True)


async def list_endorsements(
    documents: Documents, pitch_id: str, states: Iterable[str] = ()
) -> list[Endorsement]:
    """The support for a pitch in order of saying; without states all of it."""
    wanted: Document = {"pitch_id": pitch_id}
    if states:
        wanted["state"] = {"$in": [*states]}
    return await _list(documents, wanted)


async def list_endorsements_of(documents: Documents, person_id: str) -> list[Endorsement]:
    """What a person supports, and what they said for an organisation."""
    return await _list(documents, {"$or": [{"person_id": person_id}, {"said_by": person_id}]})


async def list_endorsements_by(
    documents: Documents, supporters: Iterable[str]
) -> list[Endorsement]:
    """What these people or organisations support or supported, themselves."""
    return await _list(documents, {"supporter": {"$in": [*supporters]}})


async def list_pending(documents: Documents, organisation_ids: Iterable[str]) -> list[Endorsement]:
    """The support of these organisations that waits for their contact person."""
    supporters = {"$in": [*organisation_ids]}
    return await _list(documents, {"organisation_id": supporters, "state": "pending"})


async def delete_endorsements(tx: Transaction, ids: Iterable[str]) -> None:
    """Removes these."""
    await tx["endorsements"].delete_many({"_id": {"$in": [*ids]}})


async def _list(documents: Documents, wanted: Document) -> list[Endorsement]:
    sort = [("endorsed_at", ASCENDING), ("_id", ASCENDING)]
    found = await documents["endorsements"].find(wanted, sort=sort, limit=LISTED_MAX)
    return [_endorsement(document) for document in found]


def _endorsement(document: Document) -> Endorsement:
    steps = [from_fields(EndorsementStep, step) for step in document.get("history", ())]
    return from_document(Endorsement, {**document, "history": steps})

"""Support for pitches in the collection `endorsements`, one for each supporter of a pitch."""

from collections.abc import Iterable
from dataclasses import dataclass

from doorpakken_plumbing.mongo import ASCENDING, DESCENDING, Document, Documents
from doorpakken_plumbing.transaction import Transaction

from doorpakken_registration.model.endorsement import Endorsement, EndorsementStep
from doorpakken_registration.store.documents import from_document, from_fields, to_document
from doorpakken_registration.store.paging import Page, Part, read_page

LISTED_MAX = 1000
_ORDER = [("endorsed_at", ASCENDING), ("_id", ASCENDING)]


@dataclass(frozen=True)
class Count:
    """How often something counts for a pitch: by people, or by one organisation."""

    pitch_id: str
    stance: str
    organisation_id: str | None
    number: int


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


async def page_endorsements(
    documents: Documents, pitch_id: str, part: Part, states: Iterable[str] = ()
) -> Page[Endorsement]:
    """Some of the support for a pitch in order of saying; without states of all of it."""
    wanted: Document = {"pitch_id": pitch_id}
    if states:
        wanted["state"] = {"$in": [*states]}
    return await read_page(documents["endorsements"], wanted, _ORDER, part, _endorsement)


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


async def count_support(documents: Documents, pitch_ids: Iterable[str]) -> list[Count]:
    """What counts for these pitches; people only as a number."""
    group = {name: f"${name}" for name in ("pitch_id", "stance", "organisation_id")}
    found = await documents["endorsements"].aggregate(
        [
            {"$match": {"pitch_id": {"$in": [*pitch_ids]}, "state": "confirmed"}},
            {"$group": {"_id": group, "number": {"$sum": 1}}},
        ]
    )
    return [Count(**row["_id"], number=row["number"]) for row in found]


async def list_reasons(documents: Documents, pitch_id: str, limit: int) -> list[Endorsement]:
    """What counts for a pitch and says why, the latest first."""
    wanted = {"pitch_id": pitch_id, "state": "confirmed", "reason": {"$nin": [None, ""]}}
    sort = [("endorsed_at", DESCENDING), ("_id", DESCENDING)]
    found = await documents["endorsements"].find(wanted, sort=sort, limit=limit)
    return [_endorsement(document) for document in found]


async def delete_endorsements(tx: Transaction, ids: Iterable[str]) -> None:
    """Removes these."""
    await tx["endorsements"].delete_many({"_id": {"$in": [*ids]}})


async def _list(documents: Documents, wanted: Document) -> list[Endorsement]:
    found = await documents["endorsements"].find(wanted, sort=_ORDER, limit=LISTED_MAX)
    return [_endorsement(document) for document in found]


def _endorsement(document: Document) -> Endorsement:
    steps = [from_fields(EndorsementStep, step) for step in document.get("history", ())]
    return from_document(Endorsement, {**document, "history": steps})

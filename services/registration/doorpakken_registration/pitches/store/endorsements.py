"""Support for pitches in the collection `endorsements`, one per supporter of a pitch. Writes also
update the tallies. Lists and pages are oldest first; no states means all."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from zlib import crc32

from doorpakken_events import states
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import ASCENDING, DESCENDING, Document, Documents

from doorpakken_registration.common.store import tallies
from doorpakken_registration.common.store.documents import all_from, from_document, to_document
from doorpakken_registration.common.store.paging import Page, Part, read_page
from doorpakken_registration.pitches.model.endorsement import Endorsement

# Several tallies per pitch, so that concurrent support of one pitch seldom conflicts.
TALLIES_EACH = 8
EVERY_STATE = [*states.Endorsement]
_ORDER = [("endorsed_at", ASCENDING), ("_id", ASCENDING)]


@dataclass(frozen=True)
class Count:
    """How often a stance on a pitch is taken: by people, or by one organisation."""

    pitch_id: str
    stance: str
    organisation_id: str | None
    number: int


async def find_endorsement(documents: Documents, endorsement_id: str) -> Endorsement | None:
    document = await documents["endorsements"].find_one({"_id": endorsement_id})
    return from_document(Endorsement, document) if document else None


async def find_endorsement_by(
    documents: Documents, pitch_id: str, supporter: str
) -> Endorsement | None:
    document = await documents["endorsements"].find_one(
        {"pitch_id": pitch_id, "supporter": supporter}
    )
    return from_document(Endorsement, document) if document else None


async def put_endorsement(tx: Transaction, endorsement: Endorsement) -> None:
    document = {**to_document(endorsement), "supporter": endorsement.supporter}
    before = await find_endorsement(tx, endorsement.id)
    await tx["endorsements"].replace_one({"_id": endorsement.id}, document, upsert=True)
    await _tally(tx, endorsement, [before] if before else [], [endorsement])


async def page_endorsements(
    documents: Documents, pitch_id: str, part: Part, states: Iterable[str] = ()
) -> Page[Endorsement]:
    wanted: Document = {"pitch_id": pitch_id, "state": {"$in": [*states] or EVERY_STATE}}
    return await read_page(documents["endorsements"], wanted, _ORDER, part, Endorsement)


async def list_endorsements_of(documents: Documents, person_id: str) -> list[Endorsement]:
    """Also what they gave for an organisation."""
    return await _list(documents, {"$or": [{"person_id": person_id}, {"said_by": person_id}]})


async def list_endorsements_by(
    documents: Documents, supporters: Iterable[str]
) -> list[Endorsement]:
    """Their own support only, also withdrawn."""
    return await _list(documents, {"supporter": {"$in": [*supporters]}})


async def list_pending(documents: Documents, organisation_ids: Iterable[str]) -> list[Endorsement]:
    supporters = {"$in": [*organisation_ids]}
    return await _list(documents, {"supporter": supporters, "state": states.Endorsement.PENDING})


async def list_pending_at(documents: Documents, gathering_id: str, limit: int) -> list[Endorsement]:
    return await list_at(documents, gathering_id, states.Endorsement.PENDING, limit)


async def list_at(
    documents: Documents, gathering_id: str, state: str, limit: int
) -> list[Endorsement]:
    wanted = {"gathering_id": gathering_id, "state": state}
    found = await documents["endorsements"].find(wanted, sort=_ORDER, limit=limit)
    return all_from(Endorsement, found)


async def count_support(documents: Documents, pitch_ids: Iterable[str]) -> list[Count]:
    parts = {f"{one}/{number}": one for one in pitch_ids for number in range(TALLIES_EACH)}
    sums: Counter[tuple[str, str]] = Counter()
    for part, counts in (await tallies.read(documents, parts)).items():
        sums.update({(parts[part], name): number for name, number in counts.items()})
    return [
        Count(pitch_id, stance, organisation_id or None, number)
        for (pitch_id, name), number in sums.items()
        for stance, _, organisation_id in [name.partition("/")]
    ]


async def count_anew(tx: Transaction) -> None:
    """Adds all confirmed support to tallies that are still empty."""
    found = await tx["endorsements"].aggregate(
        [
            {"$match": {"state": states.Endorsement.CONFIRMED}},
            {
                "$group": {
                    "_id": ["$pitch_id", "$stance", "$organisation_id"],
                    "count": {"$sum": 1},
                }
            },
        ]
    )
    for one in found:
        pitch_id, stance, organisation_id = one["_id"]
        name = _counted_as(stance, organisation_id)
        await tallies.add(tx, {f"{pitch_id}/0": {name: one["count"]}})


async def list_reasons(documents: Documents, pitch_id: str, limit: int) -> list[Endorsement]:
    """Confirmed support with a reason, newest first."""
    wanted = {"pitch_id": pitch_id, "state": states.Endorsement.CONFIRMED, "reason": {"$gt": ""}}
    sort = [("endorsed_at", DESCENDING), ("_id", DESCENDING)]
    found = await documents["endorsements"].find(wanted, sort=sort, limit=limit)
    return all_from(Endorsement, found)


async def delete_endorsements(tx: Transaction, ids: Iterable[str]) -> None:
    gone = [*ids]
    for one in await _list(tx, {"_id": {"$in": gone}}):
        await _tally(tx, one, [one], [])
    await tx["endorsements"].delete_many({"_id": {"$in": gone}})


async def _list(documents: Documents, wanted: Document) -> list[Endorsement]:
    found = await documents["endorsements"].find(wanted, sort=_ORDER)
    return all_from(Endorsement, found)


async def _tally(
    tx: Transaction, about: Endorsement, before: list[Endorsement], after: list[Endorsement]
) -> None:
    part = f"{about.pitch_id}/{crc32(about.id.encode()) % TALLIES_EACH}"
    was, now = (
        [_counted_as(one.stance, one.organisation_id) for one in some if one.is_confirmed]
        for some in (before, after)
    )
    await tallies.add(tx, {part: tallies.difference(was, now)})


def _counted_as(stance: str, organisation_id: str | None) -> str:
    return f"{stance}/{organisation_id}" if organisation_id else stance

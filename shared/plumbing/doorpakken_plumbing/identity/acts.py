"""Who of staff did what, to what, when and on whose behalf: noted in the transaction in which it is
done. An act goes with the person it was for; of a colleague who is erased only the name goes."""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import TypeVar

from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import ASCENDING, DESCENDING, Document, Documents, Index
from doorpakken_plumbing.time import clock

ACTS = "acts"
SHOWN_MAX = 100
INDEXES = (
    *(
        Index(ACTS, [(field, ASCENDING), ("at", DESCENDING), ("_id", DESCENDING)])
        for field in ("object_id", "person_id", "gathering_id")
    ),
    Index(ACTS, [("staff_id", ASCENDING)]),
)

T = TypeVar("T")
Done = Callable[[Transaction], Awaitable[T]]


@dataclass(frozen=True)
class Act:
    """`did` is a code word, `object_id` what was changed, `person_id` whose it is. Without
    `staff_id` the one who did it is not known any more."""

    id: str
    at: datetime
    staff_id: str | None
    did: str
    object_id: str
    gathering_id: str | None
    person_id: str | None


def act(
    tx: Transaction,
    staff_id: str | None,
    did: str,
    object_id: str,
    *,
    gathering_id: str | None = None,
    person_id: str | None = None,
) -> Act | None:
    """None without `staff_id`: then the person acted for themselves."""
    if staff_id is None:
        return None
    return Act(tx.new_id(), clock.now(), staff_id, did, object_id, gathering_id, person_id)


async def keep(tx: Transaction, done: Iterable[Act | None]) -> None:
    """Many acts of one transaction at once."""
    await tx[ACTS].insert_many([_to_document(one) for one in done if one])


async def note(
    tx: Transaction,
    staff_id: str | None,
    did: str,
    object_id: str,
    *,
    gathering_id: str | None = None,
    person_id: str | None = None,
) -> None:
    """Does nothing without `staff_id`."""
    about = {"gathering_id": gathering_id, "person_id": person_id}
    await keep(tx, [act(tx, staff_id, did, object_id, **about)])


def noted(
    work: Done[T],
    staff_id: str | None,
    did: str,
    object_id: str,
    *,
    gathering_id: str | None = None,
    person_id: str | None = None,
) -> Done[T]:
    """The same work, which notes the act when it is done."""

    async def done(tx: Transaction) -> T:
        result = await work(tx)
        about = {"gathering_id": gathering_id, "person_id": person_id}
        await note(tx, staff_id, did, object_id, **about)
        return result

    return done


async def list_on(documents: Documents, object_ids: Iterable[str]) -> list[Act]:
    """Newest first, at most `SHOWN_MAX`, as all lists."""
    return await _newest(documents, {"object_id": {"$in": sorted({*object_ids})}})


async def list_for(documents: Documents, person_id: str) -> list[Act]:
    return await _newest(documents, {"person_id": person_id})


async def list_at(
    documents: Documents, gathering_ids: Iterable[str | None], did: Sequence[str] = ()
) -> list[Act]:
    """Newest first; None stands for what was done at no gathering. With `did` only such acts."""
    wanted: Document = {"gathering_id": {"$in": [*{*gathering_ids}]}}
    return await _newest(documents, wanted | ({"did": {"$in": [*did]}} if did else {}))


async def forget(tx: Transaction, person_id: str) -> int:
    """Deletes what was done for this person; returns how many acts."""
    return await tx[ACTS].delete_many({"person_id": person_id})


async def forget_on(tx: Transaction, object_ids: Iterable[str]) -> None:
    """Deletes what was done to these."""
    await tx[ACTS].delete_many({"object_id": {"$in": sorted({*object_ids})}})


async def unname(tx: Transaction, staff_ids: Iterable[str]) -> None:
    """What these colleagues did stays, without who did it."""
    theirs = {"staff_id": {"$in": sorted({*staff_ids})}}
    await tx[ACTS].update_many(theirs, {"$set": {"staff_id": None}})


async def _newest(documents: Documents, wanted: Document) -> list[Act]:
    newest = [("at", DESCENDING), ("_id", DESCENDING)]
    found = await documents[ACTS].find(wanted, sort=newest, limit=SHOWN_MAX)
    return [_act_of(document) for document in found]


def _to_document(act: Act) -> Document:
    fields = asdict(act)
    return {"_id": fields.pop("id"), **fields}


def _act_of(document: Document) -> Act:
    return Act(
        id=document["_id"],
        at=document["at"],
        staff_id=document["staff_id"],
        did=document["did"],
        object_id=document["object_id"],
        gathering_id=document["gathering_id"],
        person_id=document["person_id"],
    )

"""Counts from the stores: each service's own database, read and never written, and the copies that
the others keep. Refuses copies that differ from the original."""

from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

from pymongo import AsyncMongoClient
from pymongo.asynchronous.database import AsyncDatabase

from doorpakken_local.demo.counts import Counts, with_none
from doorpakken_local.demo.place import Place
from doorpakken_local.demo.play import Play
from doorpakken_local.demo.stopped import StoryStopped

Store = AsyncDatabase[dict[str, Any]]
Match = dict[str, Any]


class CopiesDiffer(StoryStopped):
    """A service keeps another number of attendees than registration has."""


async def count_stores(play: Play) -> Counts:
    """What the four databases hold of this gathering."""
    async with opened_stores(play.place) as stores:
        await _check_copies(stores, play.gathering_id)
        said = await _registration(stores["registration"], play)
        sent = await _notification(stores["notification"], play)
        sessions = await _count(
            stores["matching"]["sessions"],
            {"gathering_id": play.gathering_id, "state": "scheduled"},
        )
        backlog = await _backlog(stores)
    return Counts(**said, **sent, **backlog, sessions=sessions)


@asynccontextmanager
async def opened_stores(place: Place) -> AsyncIterator[Mapping[str, Store]]:
    """Each service's database, entered as that service."""
    async with AsyncExitStack() as stack:
        stores = {}
        for service, uri in place.mongodb_uris.items():
            client = await stack.enter_async_context(AsyncMongoClient[dict[str, Any]](uri))
            stores[service] = client[service]
        yield stores


async def _registration(store: Store, play: Play) -> dict[str, Any]:
    here = {"gathering_id": play.gathering_id}
    attendees = here | {"state": {"$ne": "cancelled"}}
    present = here | {"state": "checked_in"}
    accepted = await store["pitches"].find(here | {"state": "accepted"}).to_list()
    checked_in = await _count(store["attendees"], present)
    organisations = await store["attendees"].distinct("organisation_id", attendees)
    return {
        "attendees": await _count(store["attendees"], attendees),
        "checked_in": checked_in,
        "people_by_kind": await _by_kind(store, attendees, present),
        "organisations": len({one for one in organisations if one}),
        "pitches": len(accepted),
        "needs": sum(len(pitch["needs"]) for pitch in accepted),
        "endorsements": await _count(store["endorsements"], here | {"state": "confirmed"}),
        "answers": with_none(
            await _grouped(store["answers"], {"wave_id": play.wave_id}, "answer"), checked_in
        ),
        "seats": await _count(store["sign_ups"], here | {"state": "active"}),
        "waitlisted": await _count(store["sign_ups"], here | {"state": "waitlisted"}),
    }


async def _notification(store: Store, play: Play) -> dict[str, int]:
    rows, here = store["rows"], {"gathering_id": play.gathering_id}
    sent = await _grouped(rows, here | {"state": "sent"}, "kind")
    return {
        "invitations_sent": sent.get("invitation", 0),
        "personal_links": sent.get("personal_link", 0),
        "confirmations": sent.get("confirmation", 0),
        "invitations_on_paper": await _count(
            rows, here | {"kind": "invitation", "state": "on_paper"}
        ),
    }


async def _backlog(stores: Mapping[str, Store]) -> dict[str, int]:
    """What waits in the stores: records put aside, events not sent yet."""
    return {
        "parked": sum([await _count(store["parked"], {}) for store in stores.values()]),
        "consumer_lag": sum(
            [await _count(store["outbox"], {"state": "pending"}) for store in stores.values()]
        ),
    }


async def _check_copies(stores: Mapping[str, Store], gathering_id: str) -> None:
    """Every consumer has a document of each attendee."""
    original = await _count(stores["registration"]["attendees"], {"gathering_id": gathering_id})
    for service, collection, field in COPIES_OF_ATTENDEES:
        copies = await _count(stores[service][collection], {field: gathering_id})
        if copies != original:
            raise CopiesDiffer(f"{service} has {copies} attendees, registration {original}")


COPIES_OF_ATTENDEES = (
    ("matching", "attendee", "data.gathering_id"),
    ("notification", "attendees", "data.gathering_id"),
    ("reporting", "attendee", "gathering_id"),
)


async def _by_kind(store: Store, attendees: Match, present: Match) -> dict[str, tuple[int, int]]:
    there = await _grouped(store["attendees"], present, "kind")
    known = await _grouped(store["attendees"], attendees, "kind")
    return {kind: (count, there.get(kind, 0)) for kind, count in known.items()}


async def _count(collection: Any, match: Match) -> int:
    found: int = await collection.count_documents(match)
    return found


async def _grouped(collection: Any, match: Match, field: str) -> dict[str, int]:
    """How many match, by the value of a field."""
    groups = await collection.aggregate(
        [{"$match": match}, {"$group": {"_id": f"${field}", "n": {"$sum": 1}}}]
    )
    return {group["_id"]: group["n"] async for group in groups}

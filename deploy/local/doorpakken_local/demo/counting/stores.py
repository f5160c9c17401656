"""Counts in the services' databases, read-only. Checks that the copies of attendees in other
services are complete."""

from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

from doorpakken_plumbing.messaging.outbox import UNSENT
from pymongo import AsyncMongoClient
from pymongo.asynchronous.database import AsyncDatabase

from doorpakken_local.demo.counting.counts import (
    INSIGHTS,
    SUPPORT,
    Counts,
    by_word,
    plans_of,
    seats_of,
    with_none,
)
from doorpakken_local.demo.place import Place
from doorpakken_local.demo.play import Play
from doorpakken_local.demo.stopped import StoryStopped

Store = AsyncDatabase[dict[str, Any]]
Match = dict[str, Any]


class CopiesDiffer(StoryStopped):
    """A service has a different number of attendees than registration."""


async def count_stores(play: Play) -> Counts:
    """Raises CopiesDiffer."""
    async with opened_stores(play.place) as stores:
        await _check_copies(stores, play.gathering_id)
        said = await _registration(stores["registration"], play)
        sent = await _notification(stores["notification"], play)
        planned = await _matching(stores["matching"], play)
        backlog = await _backlog(stores)
    return Counts(**said, **planned, **sent, **backlog)


@asynccontextmanager
async def opened_stores(place: Place) -> AsyncIterator[Mapping[str, Store]]:
    """Each service's database, opened with that service's own user."""
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
    checked_in = await _count(store["attendees"], present)
    organisations = await store["attendees"].distinct("organisation_id", attendees)
    answers = await _grouped(store["answers"], {"wave_id": play.wave_id}, "answer")
    return {
        "attendees": await _count(store["attendees"], attendees),
        "checked_in": checked_in,
        "people_by_kind": await _by_kind(store, attendees, present),
        "organisations": len({one for one in organisations if one}),
        "answers": with_none(answers, checked_in),
        **await _plans(store, play),
        **await _given(store, here),
        **await _seats(store, here),
    }


async def _plans(store: Store, play: Play) -> dict[str, Any]:
    here = {"gathering_id": play.gathering_id}
    accepted = await store["pitches"].find(here | {"state": "accepted"}).to_list()
    toward = {"state": "offered", "need_id": {"$ne": None}}
    found = plans_of(accepted, await store["offers"].find(here | toward).to_list())
    return found | {"needs_left": play.by_need_name(found["needs_left"])}


async def _given(store: Store, here: Match) -> dict[str, Any]:
    wishes = await store["wishes"].find(here | {"pitch_ids": {"$ne": []}}).to_list()
    return {
        "portraits": await _count(store["personas"], here),
        "insights": by_word(INSIGHTS, await _grouped(store["perspectives"], here, "state")),
        "support": by_word(SUPPORT, await _grouped(store["endorsements"], here, "state")),
        "offers": await _count(store["offers"], here | {"state": "offered"}),
        "people_with_wishes": len(wishes),
        "wishes": sum(len(one["pitch_ids"]) for one in wishes),
    }


async def _seats(store: Store, here: Match) -> dict[str, int]:
    ended = await _grouped(store["sign_ups"], here | {"state": "ended"}, "reason")
    return seats_of(await _grouped(store["sign_ups"], here, "state"), ended)


async def _matching(store: Store, play: Play) -> dict[str, int]:
    here = {"gathering_id": play.gathering_id}
    on = here | {"state": {"$in": ["scheduled", "rescheduled"]}}
    return {
        "sessions": await _count(store["sessions"], on),
        "hosts_yes": await _count(store["hostings"], here | {"state": "yes"}),
    }


async def _notification(store: Store, play: Play) -> dict[str, Any]:
    mails, here = store["mails"], {"gathering_id": play.gathering_id}
    invitations = await _grouped(mails, here | {"kind": "invitation"}, "state")
    return {
        "mails": await _grouped(mails, here | {"state": "sent"}, "kind"),
        "invitations_sent": invitations.get("sent", 0),
        "invitations_on_paper": invitations.get("on_paper", 0),
    }


async def _backlog(stores: Mapping[str, Store]) -> dict[str, int]:
    """Parked records, and events in the outbox that have not been sent."""
    return {
        "parked": sum([await _count(store["parked"], {}) for store in stores.values()]),
        "consumer_lag": sum(
            [await _count(store["outbox"], {"state": UNSENT}) for store in stores.values()]
        ),
    }


async def _check_copies(stores: Mapping[str, Store], gathering_id: str) -> None:
    original = await _count(stores["registration"]["attendees"], {"gathering_id": gathering_id})
    for service, collection, field in COPIES_OF_ATTENDEES:
        copies = await _count(stores[service][collection], {field: gathering_id})
        if copies != original:
            raise CopiesDiffer(f"{service} has {copies} attendees, registration {original}")


COPIES_OF_ATTENDEES = (
    ("matching", "attendee", "data.gathering_id"),
    ("notification", "attendee", "data.gathering_id"),
    ("reporting", "attendee", "data.gathering_id"),
)


async def _by_kind(store: Store, attendees: Match, present: Match) -> dict[str, tuple[int, int]]:
    there = await _grouped(store["attendees"], present, "kind")
    known = await _grouped(store["attendees"], attendees, "kind")
    return {kind: (count, there.get(kind, 0)) for kind, count in known.items()}


async def _count(collection: Any, match: Match) -> int:
    found: int = await collection.count_documents(match)
    return found


async def _grouped(collection: Any, match: Match, field: str) -> dict[str, int]:
    groups = await collection.aggregate(
        [{"$match": match}, {"$group": {"_id": f"${field}", "n": {"$sum": 1}}}]
    )
    return {group["_id"]: group["n"] async for group in groups}

"""Leases: which replica sends which outbox shards, on the server's clock and spread evenly.
Stamps no record that the broker could accept after another replica has taken the lease."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from doorpakken_events.catalogue import ACCEPTED_SECONDS, AHEAD_SECONDS

from doorpakken_plumbing.messaging.outbox import SHARDS
from doorpakken_plumbing.mongo.database import Collection, Document, Documents, UpdateOne
from doorpakken_plumbing.time import clock

LEASES = "relay_leases"
MEMBERS = "relay_members"
_ALL: Document = {"_id": {"$in": list(range(SHARDS))}}


class LeaseTooShort(TimeoutError):
    """The rest of the lease is shorter than the broker accepts a record for: renew it first."""


@dataclass(frozen=True)
class Moves:
    """A replica's next step: shards to take or renew, and shards to release."""

    take: tuple[int, ...]
    release: tuple[int, ...]


def next_moves(me: str, owners: Mapping[int, str | None], members: frozenset[str]) -> Moves:
    """`owners`: the live owner of each shard or None; `members`: the live replicas. Pure. A replica
    keeps at most `SHARDS / replicas`, rounded up, so that every shard finds an owner."""
    fair = ceil(SHARDS / max(1, len(members | {me})))
    mine = sorted(shard for shard, owner in owners.items() if owner == me)
    free = sorted(shard for shard, owner in owners.items() if owner is None)
    if len(mine) > fair:
        return Moves(take=tuple(mine[:fair]), release=tuple(mine[fair:]))
    return Moves(take=(*mine, *free[: fair - len(mine)]), release=())


class Leases:
    """One replica's leases, renewed by `step`."""

    def __init__(self, documents: Documents, me: str, *, lease_seconds: float) -> None:
        self._leases: Collection = documents[LEASES]
        self._members: Collection = documents[MEMBERS]
        self._me = me
        self._lease_ms = int(lease_seconds * 1000)
        self._usable_seconds = lease_seconds - ACCEPTED_SECONDS - AHEAD_SECONDS
        self._renewed_at = float("-inf")

    async def prepare(self) -> None:
        await self._leases.bulk_write(
            [
                UpdateOne(
                    {"_id": shard}, {"$setOnInsert": {"epoch": 0, "owner": None}}, upsert=True
                )
                for shard in range(SHARDS)
            ],
            ordered=False,
        )

    async def step(self) -> list[int]:
        """Renews membership and leases, takes and releases shards. Returns the shards owned now."""
        await self._members.update_one({"_id": self._me}, [self._until()], upsert=True)
        rows = await self._leases.aggregate([{"$match": _ALL}, _with_live_owner()])
        members = await self._members.aggregate([{"$match": {"$expr": _is_live()}}])
        moves = next_moves(
            self._me,
            {row["_id"]: row["live_owner"] for row in rows},
            frozenset(str(member["_id"]) for member in members),
        )
        await self._give(moves.release)
        # Read before the requests: the leases end later than this on the server's clock, never
        # earlier.
        renewed_at = time.monotonic()
        taken = await self._take(moves.take)
        self._renewed_at = renewed_at
        return taken

    def stamp_ms(self) -> int:
        """The timestamp for a record handed over now. However late it arrives, the broker refuses
        it before another replica can hold the lease. Raises LeaseTooShort."""
        # Stamp first: a process paused between the two has an older stamp, not a longer lease.
        stamp_ms = int(clock.real_now().timestamp() * 1000)
        if time.monotonic() > self._renewed_at + self._usable_seconds:
            raise LeaseTooShort
        return stamp_ms

    async def release_all(self) -> None:
        await self._leases.update_many(_ALL | {"owner": self._me}, {"$set": {"owner": None}})
        await self._members.delete_one({"_id": self._me})

    async def _take(self, shards: Sequence[int]) -> list[int]:
        """All in one request: a renewal is a write to disk, every few seconds for ever."""
        may = {"$or": [{"$eq": ["$owner", self._me]}, {"$eq": ["$owner", None]}, _has_lapsed()]}
        # The epoch grows with each new owner.
        next_epoch = {"$cond": [{"$eq": ["$owner", self._me]}, "$epoch", {"$add": ["$epoch", 1]}]}
        update = {"$set": {"epoch": next_epoch, "owner": self._me, **self._until()["$set"]}}
        wanted = {"_id": {"$in": [*shards]}}
        await self._leases.update_many(wanted | {"$expr": may}, [update])
        ours = await self._leases.find(wanted | {"owner": self._me, "$expr": _is_live()})
        return sorted(row["_id"] for row in ours)

    async def _give(self, shards: Sequence[int]) -> None:
        if shards:
            ours = {"_id": {"$in": [*shards]}, "owner": self._me}
            await self._leases.update_many(ours, {"$set": {"owner": None}})

    def _until(self) -> Document:
        return {"$set": {"until": {"$add": ["$$NOW", self._lease_ms]}}}


def _is_live() -> Document:
    return {"$gt": ["$until", "$$NOW"]}


def _has_lapsed() -> Document:
    return {"$lte": ["$until", "$$NOW"]}


def _with_live_owner() -> Document:
    return {"$set": {"live_owner": {"$cond": [_is_live(), "$owner", None]}}}

"""Says what waits for staff at each gathering, on `staff-work`: at most once a second, and only
what changed. Looks at states, so nothing is missed: after whatever was committed here, and
otherwise every ten seconds, for what another replica or the clock changed."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import date, datetime, timedelta
from typing import Protocol
from uuid import NAMESPACE_URL, uuid5

from doorpakken_events.staff_work import StaffWork, WorkLine

from doorpakken_plumbing.messaging.transaction import Transact, Transaction, Transactions
from doorpakken_plumbing.mongo.database import (
    ASCENDING,
    Document,
    Documents,
    Index,
    Mongo,
    PyMongoError,
    is_infrastructure,
)
from doorpakken_plumbing.observing.waiting import Waiting
from doorpakken_plumbing.settings import Limits
from doorpakken_plumbing.time import clock

SAID = "staff_work_said"
# For gatherings that do not say until when they are followed up.
FOLLOWED_UP_FOR = timedelta(days=60)
# Of older gatherings none is looked at, whatever they say.
LOOKED_BACK = timedelta(days=366)
INDEXES = (Index(SAID, [("is_empty", ASCENDING)]),)

# One kind of noun at one gathering.
Look = Callable[[Documents, str, datetime], Awaitable[Sequence[WorkLine]]]
# The gatherings that are not over, newest first.
Current = Callable[[Documents, datetime], Awaitable[Sequence[str]]]


def is_over(ends_at: datetime, follow_up_until: date | None, now: datetime) -> bool:
    """Whether a gathering has no work for staff any more."""
    last = follow_up_until or (ends_at + FOLLOWED_UP_FOR).date()
    return now.date() > last


class Says(Protocol):
    """What is needed of a service."""

    mongo: Mongo
    transactions: Transactions
    transact: Transact

    @property
    def settings(self) -> Limits: ...


def saying(current: Current, looks: Sequence[Look]) -> Callable[[Says], Awaitable[None]]:
    """The task of a service that looks, for as long as it runs."""

    async def staff_work(service: Says) -> None:
        waiting, limits = Waiting(), service.settings
        while True:
            seen = service.transactions.committed
            try:
                await say(service, current, looks)
                waiting.over()
            except PyMongoError as error:
                if not is_infrastructure(error):
                    raise
                waiting.note(service.mongo.why(error))
            for _ in range(limits.staff_work_looks_between):
                await asyncio.sleep(limits.staff_work_seconds)
                if service.transactions.committed != seen:
                    break

    return staff_work


async def say(service: Says, current: Current, looks: Sequence[Look]) -> None:
    """Publishes the lines of each gathering where they changed; none for one that is over."""
    now, most = clock.now(), service.settings.staff_work_gatherings
    ids = [*await current(service.mongo, now)][:most]
    for gathering_id in ids:
        found = await lines_of(service.mongo, gathering_id, now, looks)
        await _say_if_changed(service, gathering_id, found)
    over = await service.mongo[SAID].find(
        {"is_empty": False, "_id": {"$nin": ids}}, projection={"_id": 1}, limit=most
    )
    for row in over:
        await _say_if_changed(service, row["_id"], ())


async def lines_of(
    documents: Mongo, gathering_id: str, now: datetime, looks: Sequence[Look]
) -> tuple[WorkLine, ...]:
    # At the same time, which no transaction allows.
    found = await asyncio.gather(*(look(documents, gathering_id, now) for look in looks))
    return tuple(line for lines in found for line in lines)


async def _say_if_changed(service: Says, gathering_id: str, lines: Sequence[WorkLine]) -> None:
    said = await service.mongo[SAID].find_one({"_id": gathering_id})
    if said is not None and not _is_new(said, lines):
        return
    least = timedelta(seconds=service.settings.staff_work_seconds)

    async def work(tx: Transaction) -> None:
        before = await tx[SAID].find_one({"_id": gathering_id}) or {"version": 0, "lines": []}
        # Another replica may have said it meanwhile; what it did not say is said by the next look.
        is_soon = "said_at" in before and clock.real_now() - before["said_at"] < least
        if is_soon or not (_is_new(before, lines) or "said_at" not in before):
            return
        version = before["version"] + 1
        row = {"version": version, "lines": _kept(lines), "is_empty": not lines}
        await tx[SAID].replace_one(
            {"_id": gathering_id},
            {"_id": gathering_id, **row, "said_at": clock.real_now()},
            upsert=True,
        )
        tx.publish(
            StaffWork(
                staff_work_id=work_id(tx.emitter, gathering_id),
                service=tx.emitter,
                gathering_id=gathering_id,
                lines=tuple(lines),
            ),
            version,
        )

    await service.transact(work)


def work_id(service: str, gathering_id: str) -> str:
    return str(uuid5(NAMESPACE_URL, f"doorpakken:staff-work:{service}:{gathering_id}"))


def _is_new(said: Document, lines: Sequence[WorkLine]) -> bool:
    return bool(said["lines"] != _kept(lines))


def _kept(lines: Sequence[WorkLine]) -> list[Document]:
    return [line.model_dump() for line in lines]

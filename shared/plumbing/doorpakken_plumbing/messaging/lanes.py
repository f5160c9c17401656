"""Lanes: commands on one contended aggregate wait in a bounded queue and are decided in batches.
A batch is one transaction, in order of arrival. A full lane refuses with Busy; between replicas,
database conflicts decide."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from doorpakken_plumbing import failpoints
from doorpakken_plumbing.http.errors import Busy, Refusal
from doorpakken_plumbing.http.idempotency import Key, StoredResponse, find_known, remember
from doorpakken_plumbing.messaging.transaction import Transact, Transaction
from doorpakken_plumbing.mongo.database import is_infrastructure, is_too_heavy
from doorpakken_plumbing.observing.metrics import LANE_BATCH, LANE_WAITING
from doorpakken_plumbing.observing.tracing import Origin
from doorpakken_plumbing.settings import Limits

GATHER_ROUNDS = 8

P = TypeVar("P")
R = TypeVar("R")


@dataclass(frozen=True)
class Command(Generic[P]):
    """The payload of a request and its origin."""

    payload: P
    origin: Origin


Decide = Callable[[Transaction, Sequence[Command[P]]], Awaitable[Sequence[R | Refusal]]]


@dataclass
class _Waiting:
    command: Command[Any]
    decide: Decide[Any, Any]
    key: Key | None
    answer: asyncio.Future[Any]


@dataclass
class _Lane:
    waiting: deque[_Waiting] = field(default_factory=deque)
    worker: asyncio.Task[None] | None = None


class Lanes:
    """All lanes of this process; a lane is removed when its queue is empty."""

    def __init__(self, transact: Transact, limits: Limits) -> None:
        self._transact = transact
        self._limits = limits
        self._lanes: dict[str, _Lane] = {}

    async def submit(
        self, lane: str, payload: P, decide: Decide[P, R], *, idempotency: Key | None = None
    ) -> R:
        """Returns what `decide` returned for this payload; raises its Refusal, or Busy when full.

        Only adjacent commands with an equal `decide` share a transaction: pass a module-level
        function, not one made per request.
        """
        found = self._lanes.setdefault(lane, _Lane())
        if len(found.waiting) >= self._limits.lane_limit:
            raise Busy("Too many requests wait here now. Try again in a second.")
        future: asyncio.Future[R] = asyncio.get_running_loop().create_future()
        command = Command(payload, Origin.current())
        found.waiting.append(_Waiting(command, decide, idempotency, future))
        LANE_WAITING.inc()
        if found.worker is None:
            found.worker = asyncio.create_task(self._work(lane, found), name=f"lane {lane}")
        return await future

    async def drain(self) -> None:
        workers = [lane.worker for lane in self._lanes.values() if lane.worker]
        if workers:
            await asyncio.wait(workers)

    async def _work(self, name: str, lane: _Lane) -> None:
        while batch := self._next_batch(lane):
            await self._decide(batch)
            await self._let_crowd_in(lane, len(batch))
        del self._lanes[name]

    async def _let_crowd_in(self, lane: _Lane, answered: int) -> None:
        # Clients answered together often send again together. Without a short wait the first of
        # them would get a transaction alone while the others queue.
        for _ in range(GATHER_ROUNDS if answered > 1 else 0):
            before = len(lane.waiting)
            await asyncio.sleep(self._limits.lane_gather_seconds)
            if len(lane.waiting) == before or len(lane.waiting) >= answered:
                return

    def _next_batch(self, lane: _Lane) -> list[_Waiting]:
        batch: list[_Waiting] = []
        keys: set[str] = set()
        while lane.waiting and len(batch) < self._limits.lane_batch_size:
            first = lane.waiting[0]
            other = batch and first.decide != batch[0].decide
            if other or (first.key and first.key.id in keys):
                break
            if first.key:
                keys.add(first.key.id)
            batch.append(lane.waiting.popleft())
            LANE_WAITING.dec()
        return batch

    async def _decide(self, batch: list[_Waiting]) -> None:
        try:
            answers = await self._transact(lambda tx: _decide_in(tx, batch))
        except Exception as error:  # noqa: BLE001 - given to whoever asked
            await self._decide_alone(batch, error)
            return
        await failpoints.reach("lane.decided")
        LANE_BATCH.observe(len(batch))
        for waiting, answer in zip(batch, answers, strict=True):
            _give(waiting, answer)

    async def _decide_alone(self, batch: list[_Waiting], error: Exception) -> None:
        if len(batch) == 1 or (is_infrastructure(error) and not is_too_heavy(error)):
            for waiting in batch:
                _give(waiting, error)
            return
        # One of them broke the batch, or together they are too much for a transaction.
        for waiting in batch:
            await self._decide([waiting])


async def _decide_in(tx: Transaction, batch: list[_Waiting]) -> list[Any]:
    known = await find_known(tx, [waiting.key for waiting in batch if waiting.key])
    new = [waiting for waiting in batch if not waiting.key or waiting.key.id not in known]
    decided = await batch[0].decide(tx, [waiting.command for waiting in new]) if new else []
    answers = {id(waiting): answer for waiting, answer in zip(new, decided, strict=True)}
    pairs = [(waiting.key, answers[id(waiting)]) for waiting in new]
    await remember(
        tx, [(key, said) for key, said in pairs if key and isinstance(said, StoredResponse)]
    )
    return [
        known[waiting.key.id]
        if id(waiting) not in answers and waiting.key
        else answers[id(waiting)]
        for waiting in batch
    ]


def _give(waiting: _Waiting, answer: Any) -> None:
    if waiting.answer.done():
        return
    if isinstance(answer, Exception):
        waiting.answer.set_exception(answer)
    else:
        waiting.answer.set_result(answer)

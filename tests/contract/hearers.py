"""The four services as hearers of events: their real handlers, stores and indexes on a database of
their own, driven record by record through plumbing's inbox and guard."""

import importlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Self

from doorpakken_events.catalogue import SERVICES, topic_of
from doorpakken_events.event import Event
from doorpakken_events.golden.example import Example
from doorpakken_plumbing import service
from doorpakken_plumbing.identity.staff import STAFF_HANDLERS
from doorpakken_plumbing.messaging import inbox, projection
from doorpakken_plumbing.messaging.heard import Handlers, Message, Tombstones, read_message
from doorpakken_plumbing.messaging.inbox import Outcome
from doorpakken_plumbing.messaging.projection import Projections
from doorpakken_plumbing.messaging.transaction import Transactions
from doorpakken_plumbing.mongo.database import Document, Index, Mongo
from doorpakken_plumbing.settings import Limits
from pymongo import AsyncMongoClient

from tests.emptied import empty


@dataclass(frozen=True)
class Hearer:
    """What one service does with what it hears."""

    name: str
    handlers: Handlers
    tombstones: Tombstones
    projections: Projections
    indexes: Sequence[Index]

    @property
    def events(self) -> set[type[Event]]:
        """Every event it does something with."""
        return {*self.handlers, *self.projections}


def hearer(name: str) -> Hearer:
    """The hearer as the service composes it in its `main`."""
    parts = importlib.import_module(f"doorpakken_{name}.main").PARTS
    staff = {event: h for event, h in STAFF_HANDLERS.items() if name in topic_of(event).heard_by}
    return Hearer(
        name,
        handlers=staff | dict(parts.handlers),
        tombstones=parts.tombstones,
        projections=parts.projections,
        indexes=[*service.INDEXES, *parts.indexes],
    )


HEARERS = [hearer(name) for name in SERVICES]


def message_of(example: Example) -> Message:
    """The example as a record that came from Kafka."""
    return read_message(
        topic=example.topic,
        partition=0,
        offset=0,
        key=example.event.key,
        headers=tuple(example.headers()),
        value=example.event.payload(),
    )


class Ear:
    """One service's database and the way records reach it."""

    def __init__(self, of: Hearer, uri: str, database: str) -> None:
        self.of = of
        self.mongo = Mongo(uri, database, Limits())
        self._client: AsyncMongoClient[Document] = AsyncMongoClient(uri, tz_aware=True)
        self._database = self._client[database]
        self._transactions = Transactions(self.mongo, of.name, Limits(), nudge=lambda: None)

    async def __aenter__(self) -> Self:
        await self.mongo.make_indexes(self.of.indexes)
        return self

    async def __aexit__(self, *_: object) -> None:
        self.mongo.close()
        await self._client.close()

    async def hear(self, examples: Iterable[Example], *, most: int = 1) -> list[Outcome]:
        """The records this service hears, in order, up to `most` in one transaction."""
        heard = [message_of(example) for example in examples if hears(self.of, example)]
        assert [message.problem for message in heard if message.problem] == []
        outcomes: list[Outcome] = []
        for start in range(0, len(heard), most):
            outcomes += await self._apply(heard[start : start + most])
        return outcomes

    async def _apply(self, messages: list[Message]) -> list[Outcome]:
        """As the consumer does: what is only folded needs no inbox."""
        folded = [message for message in messages if message.event in self.of.projections]
        rest = [message for message in messages if message.event not in self.of.projections]
        await projection.fold(self.mongo, folded, self.of.projections)
        outcomes = await self._transactions.run(
            lambda tx: inbox.apply(tx, rest, self.of.handlers, self.of.tombstones)
        )
        return [Outcome.APPLIED] * len(folded) + outcomes

    async def rows(self) -> dict[str, list[Document]]:
        """All documents, by collection."""
        names = await self._database.list_collection_names()
        return {name: await self.mongo[name].find({}) for name in names}

    async def forget_all(self) -> None:
        """Empties every collection; indexes stay."""
        await empty(self.mongo)


def hears(of: Hearer, example: Example) -> bool:
    """Whether the catalogue has this service hear it."""
    return of.name in topic_of(type(example.event)).heard_by

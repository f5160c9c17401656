"""Explains each query that was seen, on the indexes a service makes at its start and on documents
that make a wrong index show. Names what fails, unless `allowed.toml` says why it may."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from doorpakken_matching.store import INDEXES as MATCHING
from doorpakken_notification.store import INDEXES as NOTIFICATION
from doorpakken_plumbing.identity import acts
from doorpakken_plumbing.mongo.database import BulkWriteError, Index, Mongo
from doorpakken_plumbing.service import INDEXES as PLUMBING
from doorpakken_plumbing.settings import Limits
from doorpakken_registration.indexes import INDEXES as REGISTRATION
from doorpakken_reporting.store import INDEXES as REPORTING
from pymongo import AsyncMongoClient
from pymongo.asynchronous.collection import AsyncCollection
from pymongo.asynchronous.database import AsyncDatabase

from tests.queries.allowed import Allowed
from tests.queries.commands import Query
from tests.queries.documents import documents_for, shortened, ways_of
from tests.queries.seen import Caller, Seen

KEYS_FOR_EACH_FOUND = 10
INDEXES: Mapping[str, Sequence[Index]] = {
    "registration": REGISTRATION,
    "matching": MATCHING,
    "notification": NOTIFICATION,
    "reporting": REPORTING,
    # Acts are asked for by the plumbing alone where a colleague is gone.
    "plumbing": (*PLUMBING, *acts.INDEXES),
}

Raw = AsyncCollection[dict[str, Any]]


@dataclass(frozen=True)
class Fault:
    """Why a query is refused, and where it is asked."""

    name: str
    why: str
    where: str

    def __str__(self) -> str:
        return f"{self.name}\n    {self.why}\n    asked in {self.where}"


async def judge(
    uri: str, seen: Seen, indexes: Mapping[str, Sequence[Index]], allowed: Allowed
) -> list[Fault]:
    """What is wrong with the queries that were seen."""
    faults: list[Fault] = []
    async with AsyncMongoClient[dict[str, Any]](uri, tz_aware=True) as client:
        for owner in sorted({owner for owner, _ in seen.queries}):
            name = f"explained_{owner}"
            await client.drop_database(name)
            mongo = Mongo(uri, name, Limits())
            await mongo.make_indexes(indexes[owner])
            mongo.close()
            faults += await _Judge(owner, client[name], seen, allowed).judge()
            await client.drop_database(name)
    return faults


@dataclass(frozen=True)
class _Judge:
    """Judges the queries of one part of the product, in a database of its indexes."""

    owner: str
    database: AsyncDatabase[dict[str, Any]]
    seen: Seen
    allowed: Allowed

    async def judge(self) -> list[Fault]:
        """One fault at most for each shape: places that ask alike are told together."""
        faults: list[Fault] = []
        for (owner, shape), asked in sorted(self.seen.queries.items()):
            name = f"{owner}.{shape}"
            if owner == self.owner and not self.allowed.excuses(name):
                why = await self._why_not(_telling(list(asked.values())))
                faults += [Fault(name, why, _where(asked))] if why else []
        return faults

    async def _why_not(self, query: Query) -> str:
        """What is wrong with it; empty when nothing is."""
        takes_any = not query.filter and query.limit and not query.sort
        if takes_any or self.allowed.is_small(self.owner, query.collection):
            return ""
        small = self._small_in(query)
        is_small = all(small & _given(way) for way in ways_of(query.filter))
        if query.counts and not query.limit and not is_small:
            return "it counts: the more there are, the longer it takes"
        if query.skip and not is_small:
            return "it skips: the further down the list, the longer it takes"
        arrays = self.seen.arrays.get((self.owner, query.collection), set())
        plan = await _explain(self.database[query.collection], query, arrays)
        return "; ".join(_faults_in(plan, small if is_small else frozenset()))

    def _small_in(self, query: Query) -> frozenset[str]:
        """The fields it names values for, of which no value has many documents."""
        fields = {path for way in ways_of(query.filter) for path in _given(way)}
        of = self.owner, query.collection
        return frozenset({"_id", *(one for one in fields if self.allowed.is_small(*of, one))})


async def wrong_queries(uri: str, seen: Seen) -> str:
    """The faults as one text; empty when there is none."""
    return "\n".join(map(str, await judge(uri, seen, INDEXES, Allowed.read())))


def _telling(queries: Sequence[Query]) -> Query:
    """An example that names values."""
    telling = queries[0]
    for one in queries:
        telling = one if one.says_more_than(telling) else telling
    return telling


def _where(asked: Mapping[Caller, Query]) -> str:
    return "; ".join(sorted({" < ".join(caller.functions) for caller in asked}))


async def _explain(collection: Raw, query: Query, arrays: set[str]) -> Mapping[str, Any]:
    filter = shortened(query.filter)
    await _fill(collection, filter, arrays)
    found: dict[str, Any] = {"find": collection.name, "filter": filter, "limit": query.limit}
    if query.sort:
        found["sort"] = dict(query.sort)
    return await collection.database.command("explain", found, verbosity="executionStats")


def _given(way: Mapping[str, Mapping[str, Any]]) -> set[str]:
    """The fields whose values are named."""
    return {path for path, wanted in way.items() if wanted.keys() & {"$eq", "$in"}}


async def _fill(collection: Raw, filter: Mapping[str, Any], arrays: set[str]) -> None:
    await collection.delete_many({})
    made = await collection.index_information()
    paths = sorted({name for one in made.values() for name, _ in one["key"]} - {"_id"})
    # Some are refused: a unique index knows that there can be one such document only.
    with suppress(BulkWriteError):
        await collection.insert_many(documents_for(filter, paths, arrays), ordered=False)


def _faults_in(explained: Mapping[str, Any], small: frozenset[str]) -> Iterator[str]:
    winner = explained["queryPlanner"]["winningPlan"]
    stages = list(_stages(winner.get("queryPlan", winner)))
    names = {stage["stage"] for stage in stages}
    used = [stage for stage in stages if "keyPattern" in stage]
    if "COLLSCAN" in names:
        yield "no index helps: it looks at the whole collection"
        return
    if used and all(small & stage["keyPattern"].keys() for stage in used):
        return
    stats = explained["executionStats"]
    examined = max(stats["totalKeysExamined"], stats["totalDocsExamined"])
    if examined > KEYS_FOR_EACH_FOUND * max(stats["nReturned"], 1):
        by = ", ".join(stage["indexName"] for stage in used) or "_id_"
        found = stats["nReturned"]
        yield f"the index {by} leaves a condition out: {examined} looked at for {found}"
    if "SORT" in names:
        yield "it is sorted in memory"


def _stages(plan: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    if "stage" in plan:
        yield plan
    for value in plan.values():
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, Mapping):
                yield from _stages(one)

"""MongoDB access: collections, in a transaction or not, and change streams; wraps the driver.
Refuses a server without a replica set, because nothing here is safe without transactions."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import date
from typing import Any, Protocol

from bson.codec_options import CodecOptions, TypeRegistry
from motor.motor_asyncio import (
    AsyncIOMotorClient,
    AsyncIOMotorClientSession,
    AsyncIOMotorCollection,
)
from pymongo import ASCENDING, DESCENDING, DeleteOne, InsertOne, ReplaceOne, UpdateMany, UpdateOne
from pymongo.errors import BulkWriteError, DuplicateKeyError, OperationFailure, PyMongoError
from pymongo.read_concern import ReadConcern
from pymongo.uri_parser import parse_uri
from pymongo.write_concern import WriteConcern

from doorpakken_plumbing.mongo.errors import is_duplicate, is_infrastructure, is_too_heavy
from doorpakken_plumbing.mongo.indexes import Index, changes
from doorpakken_plumbing.settings import Limits

__all__ = [
    "ASCENDING",
    "DESCENDING",
    "BulkWriteError",
    "Collection",
    "DeleteOne",
    "Document",
    "Documents",
    "DuplicateKeyError",
    "Index",
    "InsertOne",
    "Mongo",
    "OperationFailure",
    "PyMongoError",
    "ReplaceOne",
    "Session",
    "UpdateMany",
    "UpdateOne",
    "Write",
    "is_duplicate",
    "is_infrastructure",
    "is_too_heavy",
]

Document = dict[str, Any]
Session = AsyncIOMotorClientSession
Sort = Sequence[tuple[str, int]]
Write = InsertOne[Document] | UpdateOne | UpdateMany | ReplaceOne[Document] | DeleteOne

_AUTHENTICATION_FAILED = 18
_INDEX_NOT_FOUND = 27


def _encode(value: Any) -> Any:
    # BSON has no date without a time: it is stored as ISO text.
    return value.isoformat() if isinstance(value, date) else value


_CODEC: CodecOptions[Document] = CodecOptions(
    tz_aware=True, type_registry=TypeRegistry(fallback_encoder=_encode)
)


class Collection:
    """One collection; operations run in `session` where there is one."""

    def __init__(self, raw: AsyncIOMotorCollection[Document], session: Session | None) -> None:
        self._raw = raw
        self._session = session

    async def find_one(
        self, filter: Document, *, sort: Sort | None = None, projection: Document | None = None
    ) -> Document | None:
        found: Document | None = await self._raw.find_one(
            filter, projection, sort=sort, session=self._session
        )
        return found

    async def find(
        self,
        filter: Document,
        *,
        sort: Sort | None = None,
        limit: int = 0,
        skip: int = 0,
        projection: Document | None = None,
    ) -> list[Document]:
        cursor = self._raw.find(
            filter, projection, sort=sort, limit=limit, skip=skip, session=self._session
        )
        return await cursor.to_list(None)

    async def count(self, filter: Document, *, limit: int = 0) -> int:
        most = {"limit": limit} if limit else {}
        return await self._raw.count_documents(filter, session=self._session, **most)

    async def estimate(self) -> int:
        """From the collection's metadata; not possible in a transaction."""
        return await self._raw.estimated_document_count()

    async def aggregate(self, pipeline: Sequence[Document]) -> list[Document]:
        return await self._raw.aggregate(list(pipeline), session=self._session).to_list(None)

    async def insert_one(self, document: Document) -> None:
        """Raises DuplicateKeyError."""
        await self._raw.insert_one(document, session=self._session)

    async def insert_many(self, documents: Sequence[Document]) -> None:
        if documents:
            await self._raw.insert_many(list(documents), session=self._session)

    async def update_one(
        self, filter: Document, update: Document | list[Document], *, upsert: bool = False
    ) -> int:
        """Returns how many matched."""
        done = await self._raw.update_one(filter, update, upsert=upsert, session=self._session)
        return done.matched_count

    async def update_many(self, filter: Document, update: Document | list[Document]) -> int:
        """Returns how many changed."""
        done = await self._raw.update_many(filter, update, session=self._session)
        return done.modified_count

    async def replace_one(
        self, filter: Document, document: Document, *, upsert: bool = False
    ) -> int:
        """Returns how many matched."""
        done = await self._raw.replace_one(filter, document, upsert=upsert, session=self._session)
        return done.matched_count

    async def find_one_and_update(
        self,
        filter: Document,
        update: Document | list[Document],
        *,
        upsert: bool = False,
        sort: Sort | None = None,
    ) -> Document | None:
        """Returns the document after the change."""
        changed: Document | None = await self._raw.find_one_and_update(
            filter, update, upsert=upsert, sort=sort, return_document=True, session=self._session
        )
        return changed

    async def find_one_and_delete(
        self, filter: Document, *, sort: Sort | None = None
    ) -> Document | None:
        taken: Document | None = await self._raw.find_one_and_delete(
            filter, sort=sort, session=self._session
        )
        return taken

    async def delete_one(self, filter: Document) -> int:
        return (await self._raw.delete_one(filter, session=self._session)).deleted_count

    async def delete_many(self, filter: Document) -> int:
        return (await self._raw.delete_many(filter, session=self._session)).deleted_count

    async def bulk_write(self, operations: Sequence[Write], *, ordered: bool = True) -> None:
        """Raises BulkWriteError."""
        if operations:
            await self._raw.bulk_write(list(operations), ordered=ordered, session=self._session)


async def _drop_index(raw: AsyncIOMotorCollection[Document], name: str) -> None:
    try:
        await raw.drop_index(name)
    except OperationFailure as error:
        # Another replica that is starting dropped it first.
        if error.code != _INDEX_NOT_FOUND:
            raise


class Documents(Protocol):
    """Anything that gives collections: the database itself, or a transaction on it."""

    def __getitem__(self, name: str) -> Collection: ...


class Mongo:
    """One service's database: majority and journal on every write, majority reads."""

    def __init__(self, uri: str, database: str, limits: Limits) -> None:
        self._client: AsyncIOMotorClient[Document] = AsyncIOMotorClient(
            uri,
            w="majority",
            journal=True,
            readConcernLevel="majority",
            retryWrites=True,
            serverSelectionTimeoutMS=int(limits.mongodb_selection_seconds * 1000),
            maxPoolSize=limits.mongodb_pool_size,
            appname=database,
        )
        self._db = self._client.get_database(database, codec_options=_CODEC)
        self._hosts = ", ".join(f"{host}:{port}" for host, port in parse_uri(uri)["nodelist"])

    def __getitem__(self, name: str) -> Collection:
        return Collection(self._db[name], None)

    def bound(self, name: str, session: Session) -> Collection:
        return Collection(self._db[name], session)

    async def why_not_usable(self) -> str | None:
        where = f"MongoDB at {self._hosts}"
        try:
            hello = await self._client.admin.command("hello")
            await self._db.command("ping")
        except PyMongoError as error:
            if isinstance(error, OperationFailure) and error.code == _AUTHENTICATION_FAILED:
                return f"{where} refuses this user and password"
            return self.why(error)
        return None if "setName" in hello else f"{where} is standalone: start it with --replSet"

    def why(self, error: PyMongoError) -> str:
        code = error.code if isinstance(error, OperationFailure) else None
        kind = type(error).__name__ + (f", code {code}" if code else "")
        return f"MongoDB at {self._hosts} does not answer ({kind})"

    @property
    def name(self) -> str:
        return self._db.name

    async def list_collections(self) -> set[str]:
        return set(await self._db.list_collection_names())

    async def make_indexes(self, indexes: Sequence[Index]) -> None:
        """Gives each collection listed here exactly these indexes; earlier ones are dropped."""
        for collection in sorted({index.collection for index in indexes}):
            raw = self._db[collection]
            there = [made async for made in raw.list_indexes()]
            todo = changes([one for one in indexes if one.collection == collection], there)
            for name in todo.first:
                await _drop_index(raw, name)
            if todo.made:
                await raw.create_indexes([index.model() for index in todo.made])
            for name in todo.last:
                await _drop_index(raw, name)

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Session]:
        """The caller commits; leaving without a commit aborts."""
        async with (
            await self._client.start_session() as session,
            session.start_transaction(
                read_concern=ReadConcern("snapshot"),
                write_concern=WriteConcern("majority", j=True),
            ),
        ):
            yield session

    async def watch(
        self, pipeline: Sequence[Document] = (), resume_after: Mapping[str, Any] | None = None
    ) -> AsyncIterator[Document]:
        """Yields an empty document first: no later change is missed. Then the changes, from now or
        after a token; raises OperationFailure when the token is too old."""
        now = (await self._db.command("ping"))["operationTime"]
        start = {"resume_after": resume_after} if resume_after else {"start_at_operation_time": now}
        yield {}
        async with self._db.watch(list(pipeline), **start) as changes:
            async for change in changes:
                yield dict(change)

    def close(self) -> None:
        self._client.close()

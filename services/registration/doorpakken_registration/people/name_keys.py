"""Recomputes name keys of an older version at startup, in batches.
People who signed up before are then found by every spelling of their name. Two rows with the same
new key are not merged: the older one gets the key, and staff merge the two."""

from collections.abc import Callable
from dataclasses import dataclass

import structlog
from doorpakken_plumbing.messaging.transaction import Transact, Transaction
from doorpakken_plumbing.mongo.database import Document, Documents

from doorpakken_registration.common.model.names import KEY_VERSION, key_of
from doorpakken_registration.people.store import name_keys as store
from doorpakken_registration.people.store.name_keys import Progress

log = structlog.get_logger(__name__)

AT_ONCE = 500


@dataclass(frozen=True)
class Kept:
    """A field with name keys, and the function that recomputes one of its values."""

    collection: str
    field: str
    remade: Callable[[str], str]


def _identity(kept: str) -> str:
    # An identity is an address, a space and a name key.
    address, _, key = kept.partition(" ")
    return f"{address} {key_of(key)}"


KEPT = (Kept("persons", "identities", _identity), Kept("organisations", "name_key", key_of))


async def remake(documents: Documents, transact: Transact) -> None:
    """Continues after the last batch that was stored; does nothing if all keys are of this
    version."""
    for kept in KEPT:
        found = await store.find_progress(documents, kept.collection)
        progress = found if found.version == KEY_VERSION else Progress(KEY_VERSION)
        while not progress.is_done:
            progress = await transact(_Step(kept, progress.after).take)


@dataclass(frozen=True)
class _Step:
    """One batch: the rows after an id."""

    kept: Kept
    after: str

    async def take(self, tx: Transaction) -> Progress:
        name, field = self.kept.collection, self.kept.field
        rows = await store.list_rows(tx, name, field, self.after, AT_ONCE)
        await self._put(tx, [row for row in rows if self._remade(row) != store.listed(row[field])])
        last = rows[-1]["_id"] if rows else self.after
        progress = Progress(KEY_VERSION, last, is_done=len(rows) < AT_ONCE)
        await store.put_progress(tx, name, progress)
        return progress

    def _remade(self, row: Document) -> list[str]:
        return [self.kept.remade(one) for one in store.listed(row[self.kept.field])]

    async def _put(self, tx: Transaction, rows: list[Document]) -> None:
        name, field = self.kept.collection, self.kept.field
        wanted = (key for row in rows for key in self._remade(row))
        owners = await store.owners_of(tx, name, field, wanted)
        changed: dict[str, list[str] | str] = {}
        for row in rows:
            pairs = zip(store.listed(row[field]), self._remade(row), strict=True)
            # Keys are unique: if another row has the new key already, this row keeps its old one.
            keys = [
                new if owners.setdefault(new, row["_id"]) == row["_id"] else old
                for old, new in pairs
            ]
            changed[row["_id"]] = keys[0] if isinstance(row[field], str) else [*dict.fromkeys(keys)]
        await store.put_keys(tx, name, field, changed)
        if changed:
            log.info("keys of names made anew", collection=name, rows=len(changed))

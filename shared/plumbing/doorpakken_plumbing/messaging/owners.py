"""Whose a stored state is, derived from the fields of its event. Erasing somebody takes out what
is theirs, and their id where a state names them beside others."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import get_origin

from doorpakken_events.event import Event

from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import ASCENDING, Document, Index

PERSON, ATTENDEE = "person_id", "attendee_id"

# The ids of a person and of their attendees, or of one of the two.
Ids = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Owned:
    """A collection of states of one person or attendee, and the path to that id."""

    collection: str
    path: str
    by: str

    def theirs(self, ids: Ids) -> Document:
        """The filter for what belongs to one of these."""
        return {self.path: {"$in": [*ids[self.by]]}}


def owned(states: Iterable[type[Event]]) -> list[Owned]:
    """Those of `states` that belong to somebody, each aggregate once; a person before an
    attendee."""
    found: dict[str, Owned] = {}
    for state in states:
        by = next((name for name in (PERSON, ATTENDEE) if name in state.model_fields), None)
        if by:
            path = "_id" if by == state.KEY else f"data.{by}"
            found[state.AGGREGATE] = Owned(state.AGGREGATE, path, by)
    return [*found.values()]


def indexes(states: Iterable[type[Event]]) -> list[Index]:
    known = [*states]
    paths = {(one.collection, one.path) for one in owned(known) if one.path != "_id"}
    paths |= {(state.AGGREGATE, f"data.{name}") for state in known for name in state.NAMES}
    return [Index(collection, [(path, ASCENDING)]) for collection, path in sorted(paths)]


async def unname(tx: Transaction, states: Iterable[type[Event]], person_id: str) -> None:
    """Takes a person out of the states that name them and are not theirs."""
    naming = {(state.AGGREGATE, name): state for state in states for name in state.NAMES}
    for (collection, name), state in naming.items():
        path = f"data.{name}"
        is_list = get_origin(state.model_fields[name].annotation) is tuple
        out = {"$pull": {path: person_id}} if is_list else {"$set": {path: None}}
        await tx[collection].update_many({path: person_id}, out)


async def take(tx: Transaction, states: Iterable[type[Event]], ids: Ids) -> dict[str, list[str]]:
    """Deletes what belongs to them; the deleted ids by collection."""
    taken: dict[str, list[str]] = {}
    for one in owned(states):
        if one.by in ids:
            found = await tx[one.collection].find(one.theirs(ids), projection={"_id": 1})
            taken[one.collection] = [row["_id"] for row in found]
            await tx[one.collection].delete_many(one.theirs(ids))
    return taken

"""What a command of the driver asks: its filter, order and limit, and the text of their shape, in
which values are left out. Commands that look nothing up ask nothing."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

BULK_LOOKED_AT = 20
LOOKUPS = ("$lookup", "$graphLookup")

Document = Mapping[str, Any]


@dataclass(frozen=True)
class Query:
    """One question to one collection; `counts` when its answer is a number or sums."""

    collection: str
    filter: Document = field(hash=False)
    sort: tuple[tuple[str, int], ...] = ()
    limit: int = 0
    skip: int = 0
    counts: bool = False

    @property
    def shape(self) -> str:
        """What two questions have in common that differ in values alone."""
        parts = [f"{self.collection} {{{shape_of(self.filter)}}}"]
        if self.sort:
            parts.append("by " + ", ".join("-" * (way < 0) + name for name, way in self.sort))
        parts += ["counted"] * self.counts + ["limited"] * bool(self.limit)
        parts += ["skipping"] * bool(self.skip)
        return " ".join(parts)

    def says_more_than(self, other: "Query") -> bool:
        """Whether this example has values where the other has an empty list."""
        return "[]" in str(other.filter) and "[]" not in str(self.filter)


def queries_in(command: Document) -> Iterator[Query]:
    """What the command looks up; the number of all documents the server knows without looking."""
    name = next(iter(command), "")
    collection: Any = command.get(name)
    if name == "find":
        sort = tuple((command.get("sort") or {}).items())
        limit, skip = abs(command.get("limit", 0)), command.get("skip", 0)
        yield Query(collection, command.get("filter", {}), sort, limit, skip)
    elif name == "aggregate" and isinstance(collection, str):
        yield from _of_pipeline(collection, command["pipeline"])
    elif name == "update":
        for one in command["updates"][:BULK_LOOKED_AT]:
            yield Query(collection, one["q"], limit=0 if one.get("multi") else 1)
    elif name == "delete":
        for one in command["deletes"][:BULK_LOOKED_AT]:
            yield Query(collection, one["q"], limit=one["limit"])
    elif name == "findAndModify":
        sort = tuple((command.get("sort") or {}).items())
        yield Query(collection, command.get("query", {}), sort, limit=1)
    elif name == "distinct" or (name == "count" and command.get("query")):
        yield Query(collection, command.get("query", {}), counts=True)


def _of_pipeline(collection: str, pipeline: list[Document]) -> Iterator[Query]:
    """The leading stages as one question, and one for each collection that is joined."""
    wanted: list[Document] = []
    sort: tuple[tuple[str, int], ...] = ()
    limit = skip = 0
    counts = False
    for stage in pipeline:
        name, value = next(iter(stage.items()))
        if name == "$match" and not counts:
            wanted.append(value)
        elif name == "$sort" and not counts:
            sort = tuple(value.items())
        elif name == "$limit" and not counts:
            limit = value
        elif name == "$skip" and not counts:
            skip = value
        elif name in LOOKUPS:
            joined_by = value.get("foreignField") or value["connectToField"]
            yield Query(value["from"], {joined_by: "joined"})
            yield from _of_pipeline(value["from"], value.get("pipeline", []))
        counts = counts or name in ("$group", "$count", "$sortByCount")
    filter = wanted[0] if len(wanted) == 1 else {"$and": wanted} if wanted else {}
    yield Query(collection, filter, sort, limit, skip, counts)


def shape_of(filter: Document) -> str:
    """The filter's fields and operators; a value that an index may be limited to is told."""
    parts: list[str] = []
    for name, value in sorted(filter.items()):
        if name in ("$and", "$or", "$nor"):
            parts.append(f"{name}({' | '.join(sorted({shape_of(one) for one in value}))})")
        elif name == "$expr":
            parts.append(f"$expr {_expression(value)}")
        elif isinstance(value, Mapping) and value and next(iter(value)).startswith("$"):
            parts.append(f"{name} {' '.join(_operator(op, value[op]) for op in sorted(value))}")
        else:
            is_told = value is None or isinstance(value, bool) or name == "state"
            parts.append(f"{name}={value}" if is_told else name)
    return ", ".join(parts)


def _operator(name: str, value: Any) -> str:
    if name == "$elemMatch":
        return f"$elemMatch({shape_of({'': value} if _is_operators(value) else value)})"
    return f"{name}={value}" if value is None or name in ("$type", "$exists") else name


def _expression(value: Any) -> str:
    if isinstance(value, Mapping):
        return " ".join(f"{name} {_expression(one)}" for name, one in value.items())
    if isinstance(value, list):
        return f"[{', '.join(dict.fromkeys(_expression(one) for one in value))}]"
    return value if isinstance(value, str) and value.startswith("$") else "?"


def _is_operators(value: Any) -> bool:
    return isinstance(value, Mapping) and bool(value) and next(iter(value)).startswith("$")


def writes_in(command: Document) -> Iterator[tuple[str, Document]]:
    """Documents, or parts of them, that the command puts down, each with its collection."""
    name = next(iter(command), "")
    if name == "insert":
        for document in command["documents"][:BULK_LOOKED_AT]:
            yield command[name], document
    elif name == "update":
        for one in command["updates"][:BULK_LOOKED_AT]:
            if isinstance(one["u"], Mapping):
                yield command[name], one["u"].get("$set", one["u"])


def arrays_in(document: Document, before: str = "") -> Iterator[str]:
    """The paths in it that hold arrays."""
    for name, value in document.items():
        if isinstance(value, Mapping):
            yield from arrays_in(value, f"{before}{name}.")
        elif isinstance(value, list):
            yield f"{before}{name}"
            for one in value[:1]:
                if isinstance(one, Mapping):
                    yield from arrays_in(one, f"{before}{name}.")

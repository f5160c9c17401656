"""Documents that a filter wants, and many that it only just does not want: each fails one of its
conditions and meets the rest. An index that leaves a condition out has to look at those in vain."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import count, product
from typing import Any

WANTED = 3
NEARLY = 60  # for each condition
WAYS_MAX = 6

Document = dict[str, Any]
Conditions = dict[str, dict[str, Any]]

GONE = object()
_COMPARED = ("$lt", "$lte", "$gt", "$gte", "$eq", "$ne")
_numbers = count(1)


def documents_for(
    filter: Mapping[str, Any], paths: Sequence[str], arrays: set[str]
) -> Iterator[Document]:
    """First those that nearly match, so that a search by order of arrival meets them first; every
    one has a value of its own at `paths`, and arrays where the product keeps arrays."""
    ways = ways_of(filter)
    for way in ways:
        for number in range(NEARLY):
            for failing in way:
                fields = _fields(way, number) | {failing: _other(way[failing], number)}
                yield _document(_filled(fields, paths), arrays)
    for way in ways:
        for number in range(WANTED):
            yield _document(_filled(_fields(way, number), paths), arrays)


def shortened(filter: Any) -> Any:
    """The filter with few values where it names many, and days as the product keeps them."""
    if isinstance(filter, Mapping):
        return {
            # An empty list found nothing here; another time it names something.
            name: list(value or ["something"])[:WANTED]
            if name in ("$in", "$nin")
            else shortened(value)
            for name, value in filter.items()
        }
    if isinstance(filter, list):
        return [shortened(one) for one in filter]
    is_day = hasattr(filter, "isoformat") and not isinstance(filter, datetime)
    return filter.isoformat() if is_day else filter


def ways_of(filter: Mapping[str, Any]) -> list[Conditions]:
    """The filter as ways to meet it: in each way all conditions hold, by path."""
    ways: list[Conditions] = [{}]
    for name, value in filter.items():
        if name == "$or":
            more = [way for one in value for way in ways_of(one)]
        elif name == "$and":
            more = [{}]
            for one in value:
                more = _joined(more, ways_of(one))
        elif name == "$expr":
            more = [_compared(value)]
        else:
            more = [{name: _operators(value)}]
        ways = _joined(ways, more)[:WAYS_MAX]
    return ways


def _joined(some: list[Conditions], others: list[Conditions]) -> list[Conditions]:
    return [
        {path: one.get(path, {}) | other.get(path, {}) for path in {**one, **other}}
        for one, other in product(some, others)
    ]


def _operators(value: Any) -> dict[str, Any]:
    if isinstance(value, Mapping) and value and next(iter(value)).startswith("$"):
        return dict(value)
    return {"$eq": value}


def _compared(expression: Any) -> Conditions:
    """`{"$lte": ["$field", "$$NOW"]}` as a condition; of other expressions nothing is known."""
    if isinstance(expression, Mapping) and len(expression) == 1:
        operator, sides = next(iter(expression.items()))
        if operator in _COMPARED and isinstance(sides, list) and str(sides[0]).startswith("$"):
            value = datetime.now(UTC) if sides[1] == "$$NOW" else sides[1]
            return {str(sides[0])[1:]: {operator: value}}
    return {}


def _fields(way: Conditions, number: int) -> Document:
    return {path: _value(conditions, number) for path, conditions in way.items()}


def _value(conditions: Mapping[str, Any], number: int) -> Any:
    """A value that meets all of them."""
    if "$eq" in conditions:
        return conditions["$eq"]
    if "$in" in conditions:
        options = conditions["$in"]
        return options[number % len(options)] if options else _new("")
    if "$elemMatch" in conditions:
        return _element(conditions["$elemMatch"], number)
    if "$exists" in conditions and not conditions["$exists"]:
        return GONE
    if "$type" in conditions:
        return _new(datetime.now(UTC) if "date" in str(conditions["$type"]) else "")
    bounds = [name for name in conditions if name in ("$gt", "$gte", "$lt", "$lte")]
    if bounds:
        return _between(conditions, number)
    return _new(conditions.get("$ne", (conditions.get("$nin") or [""])[0]))


def _element(wanted: Mapping[str, Any], number: int) -> list[Any]:
    if next(iter(wanted)).startswith("$"):
        return [_value(wanted, number)]
    return [_fields(ways_of(wanted)[0], number)]


def _between(conditions: Mapping[str, Any], number: int) -> Any:
    low = conditions.get("$gte", conditions.get("$gt"))
    high = conditions.get("$lte", conditions.get("$lt"))
    if low is None:
        return _moved(high, -number - 1)
    return _moved(low, (number + 1) * (0.001 if high is not None else 1))


def _moved(value: Any, steps: float) -> Any:
    if isinstance(value, datetime):
        return value + timedelta(seconds=steps)
    if isinstance(value, str):
        return f"{value}{_new('')}" if steps > 0 else value[:-1]
    return value + steps


def _other(conditions: Mapping[str, Any], number: int) -> Any:
    """A value that fails one of them, each of them in turn."""
    operator = [*conditions][number % len(conditions)]
    value = conditions[operator]
    if operator in ("$eq", "$in", "$elemMatch"):
        return _new(value[0] if operator == "$in" and value else value)
    if operator in ("$gt", "$gte"):
        return _moved(value, -number - 1)
    if operator in ("$lt", "$lte"):
        return _moved(value, number + 1)
    if operator == "$exists":
        return GONE if value else _new("")
    if operator == "$type":
        return None
    return value[number % len(value)] if operator == "$nin" else value


def _new(like: Any) -> Any:
    """A value of that kind that nothing else has."""
    number = next(_numbers)
    if isinstance(like, bool):
        return not like
    if isinstance(like, datetime):
        return like + timedelta(days=1, milliseconds=number)
    if isinstance(like, int | float):
        return like + number
    if isinstance(like, list):
        return [f"other {number}"]
    return f"other {number}"


def _filled(fields: Document, paths: Sequence[str]) -> Document:
    """With a value of its own wherever an index looks."""
    others = {path: _new("") for path in paths if not _overlaps(path, fields)}
    return {path: value for path, value in (others | fields).items() if value is not GONE}


def _overlaps(path: str, fields: Document) -> bool:
    return any(f"{path}.".startswith(f"{one}.") or one.startswith(f"{path}.") for one in fields)


def _document(fields: Document, arrays: set[str]) -> Document:
    document: Document = {}
    for path, value in fields.items():
        _put(document, path, value, arrays, "")
    return document


def _put(inside: Document, path: str, value: Any, arrays: set[str], before: str) -> None:
    name, _, rest = path.partition(".")
    here = f"{before}{name}"
    if not rest:
        is_array = here in arrays and not isinstance(value, list) and value is not None
        # With a second element, or the index would not know it as an array.
        inside[name] = [value, _new("")] if is_array else value
        return
    part = inside.setdefault(name, [{}] if here in arrays else {})
    _put(part[0] if here in arrays else part, rest, value, arrays, f"{here}.")

"""Whether a topic's schema still serves every reader and every record of a released one.
Lets optional fields and new known words in; names everything else as a break."""

from typing import Any

Schema = dict[str, Any]

# Annotations. All other keywords decide which records are valid.
EXPLAINS = {"$id", "$schema", "$defs", "title", "description", "examples"}


def breaks(released: Schema, current: Schema) -> list[str]:
    """One sentence per incompatibility, each starting with its place in the schema."""
    return _Comparison(released, current).compare(released, current, "data")


class _Comparison:
    def __init__(self, released: Schema, current: Schema) -> None:
        self._released = released.get("$defs", {})
        self._current = current.get("$defs", {})

    def compare(self, old: Schema, new: Schema, place: str) -> list[str]:
        old, new = _resolve(old, self._released), _resolve(new, self._current)
        found: list[str] = []
        for word in sorted((old.keys() | new.keys()) - EXPLAINS - {"required"}):
            found += self._compare_word(word, old.get(word), new.get(word), place)
        return found + _compare_required(old, new, place)

    def _compare_word(self, word: str, old: Any, new: Any, place: str) -> list[str]:
        if word == "x-known-values" and old and new:
            return [f"{place}: the word {gone} is gone" for gone in old if gone not in new]
        if word == "properties" and old and new:
            return self._compare_fields(old, new, place)
        if word == "anyOf" and old and new and len(old) == len(new):
            pairs = enumerate(zip(old, new, strict=True))
            return [b for n, pair in pairs for b in self.compare(*pair, f"{place}|{n}")]
        if isinstance(old, dict) and isinstance(new, dict) and word != "default":
            return self.compare(old, new, f"{place}.{word}")
        return [] if old == new else [f"{place}: {word} was {old}, is {new}"]

    def _compare_fields(self, old: Schema, new: Schema, place: str) -> list[str]:
        found = [f"{place}.{name}: field is gone" for name in old if name not in new]
        for name in old.keys() & new.keys():
            found += self.compare(old[name], new[name], f"{place}.{name}")
        return found


def _resolve(schema: Schema, definitions: Schema) -> Schema:
    reference = schema.get("$ref")
    if reference is None:
        return schema
    beside = {word: value for word, value in schema.items() if word != "$ref"}
    named: Schema = definitions[reference.removeprefix("#/$defs/")]
    return named | beside


def _compare_required(old: Schema, new: Schema, place: str) -> list[str]:
    before, after = set(old.get("required", ())), set(new.get("required", ()))
    return [f"{place}.{name}: now required" for name in sorted(after - before)] + [
        f"{place}.{name}: no longer required" for name in sorted(before - after)
    ]

"""Each kind of break of a released schema is caught, and each harmless addition is let through."""

import copy
from collections.abc import Callable
from typing import Any

import pytest
from doorpakken_events.compatibility import Schema, breaks
from doorpakken_events.contracts.released import broken_by
from doorpakken_events.contracts.schemas import schema_of
from doorpakken_events.matching import SessionsRecommended
from doorpakken_events.registration import PitchSubmitted

RELEASED = schema_of(PitchSubmitted)
Change = Callable[[Any], object]


def _after(change: Change) -> list[str]:
    current = copy.deepcopy(RELEASED)
    change(current)
    return breaks(RELEASED, current)


def _need(schema: Schema) -> Any:
    return schema["$defs"]["Need"]


BREAKS: dict[str, tuple[Change, str]] = {
    "a field is gone": (lambda s: s["properties"].pop("reason"), "data.reason: field is gone"),
    "a field deep inside is gone": (
        lambda s: _need(s)["properties"].pop("wanted_by"),
        "data.needs.items.wanted_by: field is gone",
    ),
    "a new field is required": (
        lambda s: (
            s["properties"].update(budget={"type": "integer"}),
            s["required"].append("budget"),
        ),
        "data.budget: now required",
    ),
    "an old field becomes required": (
        lambda s: s["required"].append("reason"),
        "data.reason: now required",
    ),
    "a field is no longer required": (
        lambda s: s["required"].remove("summary"),
        "data.summary: no longer required",
    ),
    "another type": (
        lambda s: s["properties"].update(title={"type": "integer", "maxLength": 200}),
        "data.title: type was string, is integer",
    ),
    "no longer nullable": (
        lambda s: s["properties"]["reason"]["anyOf"].pop(),
        "data.reason: anyOf was",
    ),
    "nullable": (
        lambda s: s["properties"].update(
            title={"anyOf": [s["properties"]["title"], {"type": "null"}]}
        ),
        "data.title: anyOf was None",
    ),
    "narrower": (
        lambda s: s["properties"]["title"].update(maxLength=100),
        "data.title: maxLength was 200, is 100",
    ),
    "wider than old readers take": (
        lambda s: s["properties"]["title"].update(maxLength=400),
        "data.title: maxLength was 200, is 400",
    ),
    "narrower inside an optional field": (
        lambda s: s["properties"]["reason"]["anyOf"][0].update(maxLength=9),
        "data.reason|0: maxLength was 200, is 9",
    ),
    "another lower bound deep inside": (
        lambda s: _need(s)["properties"]["amount"].update(exclusiveMinimum=5),
        "data.needs.items.amount: exclusiveMinimum was 0, is 5",
    ),
    "another format": (
        lambda s: s["properties"]["submitted_at"].update(format="date"),
        "data.submitted_at: format was date-time, is date",
    ),
    "another default": (
        lambda s: s["properties"]["organisation_id"].update(default="x"),
        "data.organisation_id: default was None, is x",
    ),
    "a word is gone": (
        lambda s: s["properties"]["kind"]["x-known-values"].remove("idea"),
        "data.kind: the word idea is gone",
    ),
    "closed for fields": (
        lambda s: s.update(additionalProperties=False),
        "data: additionalProperties was None, is False",
    ),
    "closed for words": (
        lambda s: s["properties"]["kind"].update(enum=["project"]),
        "data.kind: enum was None",
    ),
    "another emitter": (
        lambda s: s.update({"x-emitter": "matching"}),
        "data: x-emitter was registration, is matching",
    ),
    "another key": (
        lambda s: s.update({"x-key": "gathering_id"}),
        "data: x-key was pitch_id, is gathering_id",
    ),
}

ADDITIONS: dict[str, Change] = {
    "nothing": lambda s: None,
    "an optional field": lambda s: s["properties"].update(
        video={"anyOf": [{"type": "string"}, {"type": "null"}], "default": None}
    ),
    "an optional field deep inside": lambda s: _need(s)["properties"].update(
        note={"type": "string", "default": ""}
    ),
    "a new word": lambda s: s["properties"]["kind"]["x-known-values"].append("network"),
    "another explanation": lambda s: s.update(title="P", description="Else.", examples=[1]),
    "another name for a part": lambda s: (
        s["$defs"].update(Wish=s["$defs"].pop("Need")),
        s["properties"]["needs"]["items"].update({"$ref": "#/$defs/Wish"}),
    ),
}


@pytest.mark.parametrize("kind", BREAKS)
def test_a_break_is_named(kind: str) -> None:
    change, reason = BREAKS[kind]
    assert any(found.startswith(reason) for found in _after(change)), _after(change)


@pytest.mark.parametrize("kind", ADDITIONS)
def test_an_addition_passes(kind: str) -> None:
    assert _after(ADDITIONS[kind]) == []


def test_a_topic_may_come_but_not_go() -> None:
    released = {"pitch-submitted": RELEASED}
    both = released | {"sessions-recommended": schema_of(SessionsRecommended)}
    assert broken_by(both, released) == []
    assert broken_by(released, both) == ["sessions-recommended: topic is gone"]

"""Every contract file as text, and whether the committed ones still say the same."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from doorpakken_events.catalogue import CATALOGUE
from doorpakken_events.contracts.asyncapi import asyncapi
from doorpakken_events.contracts.page import catalogue_page
from doorpakken_events.contracts.schemas import schema_of
from doorpakken_events.golden import EXAMPLES
from doorpakken_events.golden.example import Example

FOLDER = Path(__file__).parents[2] / "contracts"
WRITTEN = ("asyncapi.yaml", "CATALOGUE.md", "schemas/*", "examples/*")


def contract_files() -> Iterator[tuple[str, str]]:
    """Pairs of a path relative to the folder and the text."""
    yield "asyncapi.yaml", asyncapi()
    yield "CATALOGUE.md", catalogue_page()
    for topic in CATALOGUE.values():
        if topic.event is not None:
            yield f"schemas/{topic.name}.v1.json", _as_text(schema_of(topic.event))
    for example in EXAMPLES:
        yield f"examples/{example.topic}.v1.json", _as_text(record_of(example))


def record_of(example: Example) -> dict[str, Any]:
    return {
        "key": example.event.key,
        "headers": {name: value.decode() for name, value in example.headers()},
        "data": json.loads(example.event.payload()),
    }


def stale(folder: Path) -> list[str]:
    """Files that are missing, differ, or belong to no topic any more."""
    wanted = dict(contract_files())
    there = {
        str(path.relative_to(folder)): path.read_text("utf-8")
        for pattern in WRITTEN
        for path in folder.glob(pattern)
    }
    names = wanted.keys() | there.keys()
    return sorted(name for name in names if wanted.get(name) != there.get(name))


def write(folder: Path) -> None:
    """Also deletes files that belong to no topic any more."""
    wanted = dict(contract_files())
    for name in stale(folder):
        path = folder / name
        if name not in wanted:
            path.unlink()
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(wanted[name], "utf-8")


def _as_text(document: dict[str, Any]) -> str:
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"

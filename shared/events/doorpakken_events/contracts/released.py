"""Schemas that were released, kept as they were, and what would break them."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from doorpakken_events.catalogue import CATALOGUE
from doorpakken_events.compatibility import breaks
from doorpakken_events.contracts.schemas import schema_of

Schemas = dict[str, dict[str, Any]]


def current_schemas() -> Schemas:
    return {topic.name: schema_of(topic.event) for topic in CATALOGUE.values() if topic.event}


def released_schemas(folder: Path) -> Iterator[tuple[str, Schemas]]:
    for path in sorted((folder / "released").glob("*.json")):
        yield path.stem, json.loads(path.read_text("utf-8"))


def broken_by(current: Schemas, released: Schemas) -> list[str]:
    found = [f"{topic}: topic is gone" for topic in released if topic not in current]
    for topic in released.keys() & current.keys():
        found += [f"{topic}: {reason}" for reason in breaks(released[topic], current[topic])]
    return sorted(found)


def release(folder: Path, name: str) -> None:
    """Freezes the current schemas; raises SystemExit when the name is taken or a release breaks."""
    path = folder / "released" / f"{name}.json"
    if path.exists():
        raise SystemExit(f"{name} was released before")
    current = current_schemas()
    for older, schemas in released_schemas(folder):
        if found := broken_by(current, schemas):
            raise SystemExit(f"breaks release {older}:\n" + "\n".join(found))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(current, indent=1, ensure_ascii=False) + "\n", "utf-8")

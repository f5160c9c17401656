"""`doorpakken events tail`: shows the events on the topics as they arrive. Refuses names that are
not in the catalogue."""

import difflib
import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from doorpakken_events.catalogue import CATALOGUE
from doorpakken_plumbing.kafka.admin import records
from doorpakken_plumbing.kafka.records import Record
from rich.console import Console
from rich.json import JSON

from doorpakken_local.commands.interrupts import Interrupted, stop_signal, unless
from doorpakken_local.folder import DataFolder
from doorpakken_local.owner import kafka_login

MILLISECONDS = 1000


class NoSuchTopic(Exception):
    """The name is not in the catalogue."""


async def tail(
    folder: DataFolder, topics: Iterable[str], console: Console, *, from_beginning: bool
) -> None:
    """Runs until Ctrl-C; no names means all topics. Raises NoSuchTopic."""
    wanted = [_checked(name) for name in topics] or list(CATALOGUE)
    try:
        await unless(stop_signal(), _show(folder, wanted, console, from_beginning))
    except Interrupted:
        return


async def _show(
    folder: DataFolder, topics: list[str], console: Console, from_beginning: bool
) -> None:
    async for record in records(kafka_login(folder), topics, from_beginning=from_beginning):
        shown = as_shown(record)
        if console.is_terminal:
            head = f"[bold]{shown['topic']}[/]  {shown['subject']}  v{shown['version']}"
            console.print(f"{head}  [dim]{shown['time']}[/]")
            console.print(JSON.from_data(shown["data"]), soft_wrap=True)
        else:
            print(json.dumps(shown, ensure_ascii=False), flush=True)


def as_shown(record: Record) -> dict[str, Any]:
    headers = {name: value.decode(errors="replace") for name, value in record.headers}
    sent_at = datetime.fromtimestamp(record.timestamp / MILLISECONDS, UTC).isoformat()
    return {
        "topic": record.topic,
        "key": record.key.decode(errors="replace") if record.key else None,
        "subject": headers.get("ce_subject"),
        "version": headers.get("ce_sequence"),
        "time": headers.get("ce_time", sent_at),
        "id": headers.get("ce_id"),
        "data": _data(record.value),
    }


def _data(value: bytes | None) -> Any:
    """Invalid JSON is returned as text; None is a tombstone."""
    if value is None:
        return None
    try:
        return json.loads(value)
    except ValueError:
        return value.decode(errors="replace")


def _checked(name: str) -> str:
    if name not in CATALOGUE:
        near = difflib.get_close_matches(name, CATALOGUE, n=3)
        hint = f" Did you mean {' or '.join(near)}?" if near else ""
        raise NoSuchTopic(f"There is no topic {name!r}.{hint}")
    return name

"""The rows of a store in the form in which two of them can be compared: without what no reader sees
and what is new at every run, such as the ids of rows made here and the times of the machine."""

import json
import re
from collections.abc import Collection
from typing import Any

from doorpakken_events.golden import EXAMPLES

Rows = dict[str, list[dict[str, Any]]]

# How something came in, and not what came of it; and what the database removes by its own clock.
BOOKKEEPING = {"inbox", "leases", "staff_revocations"}
# Fields with the machine's time, or the moment at which something was handled.
TIMES = {"at", "created_at", "owed_at", "due_at", "confirmed_at"}
# Of a row to be sent, the rest is ids made here and what caused it.
SAID = ("topic", "aggregate", "key", "version", "payload", "state")
UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
TOLD = set(UUID.findall("".join(example.event.payload().decode() for example in EXAMPLES)))


def settled(rows: Rows, told: Collection[str] = TOLD) -> Rows:
    """Rows by collection, ordered, ready to be compared; of ids, those that were told."""
    kept = {name: found for name, found in rows.items() if name not in BOOKKEEPING}
    kept["outbox"] = [{word: row[word] for word in SAID} for row in rows.get("outbox", [])]

    def known(found: re.Match[str]) -> str:
        return found[0] if found[0] in told else "made-here"

    def row(value: Any) -> Any:
        if isinstance(value, dict):
            return {k: row(v) for k, v in sorted(value.items()) if k not in TIMES}
        if isinstance(value, list):
            return [row(part) for part in value]
        if isinstance(value, bytes):
            return row(json.loads(value))
        return UUID.sub(known, value) if isinstance(value, str) else value

    return {name: sorted(map(row, found), key=repr) for name, found in kept.items() if found}

"""`doorpakken parked`: lists parked events and retries or discards them, through the services' HTTP
API for staff and never through their databases."""

import json
from typing import Any

from doorpakken_events.catalogue import SERVICES
from rich.console import Console
from rich.table import Table

from doorpakken_local import state
from doorpakken_local.commands.display import complain
from doorpakken_local.folder import DataFolder
from doorpakken_local.owner import NotAnswered, ask, signed_in

SHOWN = ("service", "id", "topic", "subject", "reason", "tries", "waiting_behind", "parked_at")


async def list_all(folder: DataFolder) -> list[dict[str, Any]]:
    """All parked events with the service's name. A service that does not answer is reported on
    stderr and skipped: a parked event may be the cause."""
    urls = state.find(folder).urls
    found: list[dict[str, Any]] = []
    async with signed_in(folder) as client:
        for service in SERVICES:
            try:
                answer: dict[str, Any] = await ask(client, "GET", f"{urls[service]}/system/parked")
            except NotAnswered as silence:
                complain(str(silence))
                continue
            found += [{"service": service, **item} for item in answer["items"]]
    return found


async def act(folder: DataFolder, action: str, message_id: str) -> str:
    """Apply `retry` or `discard` at every service that parked the event; returns one line per
    service. Raises NotAnswered when no service has it."""
    urls, done = state.find(folder).urls, []
    items = [item for item in await list_all(folder) if item["id"] == message_id]
    async with signed_in(folder) as client:
        for item in items:
            url = urls[item["service"]]
            await ask(client, "POST", f"{url}/system/parked/{message_id}/{action}")
            done.append(f"{item['service']}: {item['subject']} {action} asked.")
    if done:
        return "\n".join(done)
    raise NotAnswered(f"No service has parked an event {message_id}; see `doorpakken parked list`.")


def show(items: list[dict[str, Any]], console: Console) -> None:
    """A table on a terminal, one JSON object per line elsewhere."""
    if not console.is_terminal:
        for item in items:
            print(json.dumps(item))
    elif not items:
        console.print("Nothing is parked.")
    else:
        table = Table(*SHOWN)
        for item in items:
            table.add_row(*(str(item.get(name, "")) for name in SHOWN))
        console.print(table)

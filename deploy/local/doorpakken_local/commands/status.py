"""`doorpakken status`: the running parts, whether they are ready, and their backlog. A system is
well only if every part is ready."""

import asyncio
from importlib.metadata import version
from typing import Any

import httpx
import psutil
from rich.console import Console
from rich.table import Table

from doorpakken_local import state
from doorpakken_local.commands import domain_clock
from doorpakken_local.folder import DataFolder
from doorpakken_local.kafka_jars import KAFKA_VERSION

ASK_SECONDS = 3.0
MIB = 1024 * 1024
ADDRESS_WIDTH = 22
EMBEDDED_MONGOD = "6.0.5, for trial and tests; use 8.0 for anything else"


async def look(folder: DataFolder) -> dict[str, Any]:
    """The content of `status --json`; raises NotRunning."""
    found = state.find(folder)
    parts = [_part(name, pid) for name, pid in found.parts.items()]
    async with httpx.AsyncClient(timeout=ASK_SECONDS, trust_env=False) as client:
        await asyncio.gather(*(_ask(client, part, found.instances) for part in parts))
    return {
        "running": True,
        "well": all(part["state"] == "ready" for part in parts),
        "pid": found.pid,
        "data_dir": str(folder.root),
        "started_at": found.started_at.isoformat(),
        "domain_time": domain_clock.domain_time(folder).isoformat(),
        "urls": found.urls,
        "parts": parts,
        "settings_missing": settings_missing(parts),
        "versions": versions(found.parts),
    }


def versions(parts: dict[str, int]) -> dict[str, str]:
    return {
        "doorpakken": version("doorpakken-local"),
        **({"kafka": KAFKA_VERSION} if "kafka" in parts else {}),
        **({"mongod": EMBEDDED_MONGOD} if "mongod" in parts else {}),
    }


def settings_missing(parts: list[dict[str, Any]]) -> list[str]:
    told = (part.get("figures", {}).get("settings_missing", []) for part in parts)
    return list(dict.fromkeys(name for names in told for name in names))


def _part(name: str, pid: int) -> dict[str, Any]:
    try:
        process = psutil.Process(pid)
        is_alive = process.status() != psutil.STATUS_ZOMBIE
        memory_mib = round(process.memory_info().rss / MIB)
    except psutil.NoSuchProcess:
        return {"name": name, "pid": pid, "state": "gone"}
    return {
        "name": name,
        "pid": pid,
        "state": "ready" if is_alive else "gone",
        "memory_mib": memory_mib,
    }


async def _ask(client: httpx.AsyncClient, part: dict[str, Any], instances: dict[str, str]) -> None:
    url = instances.get(part["name"])
    if url is None or part["state"] == "gone":
        return
    try:
        ready = await client.get(f"{url}/readyz")
        part["figures"] = (await client.get(f"{url}/system/figures")).json()
    except httpx.HTTPError as error:
        part |= {"state": "silent", "reasons": [str(error) or type(error).__name__]}
    else:
        if not ready.is_success:
            part |= {"state": "not ready", "reasons": ready.json().get("reasons", [])}


def show(looked: dict[str, Any], console: Console) -> None:
    table = Table("part", "state", "MiB", "pending", "lag", "parked", box=None)
    table.add_column("address", no_wrap=True, min_width=ADDRESS_WIDTH)
    for part in looked["parts"]:
        figures = part.get("figures", {})
        counts = (str(figures.get(name, "")) for name in ("pending", "lag", "parked"))
        state_words = " ".join([part["state"], *map(str, part.get("reasons", []))])
        memory = str(part.get("memory_mib", ""))
        address = looked["urls"].get(part["name"], "")
        table.add_row(part["name"], state_words, memory, *counts, address)
    console.print(table)
    if missing := looked["settings_missing"]:
        console.print(f"Not set, so pages and mails do not show it: {', '.join(missing)}.")
    console.print(f"Data in {looked['data_dir']}; the time there is {looked['domain_time']}.")
    console.print(", ".join(f"{name} {number}" for name, number in looked["versions"].items()))

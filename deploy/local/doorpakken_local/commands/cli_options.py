"""Options that several commands share, and the parsing of `--replicas`."""

from pathlib import Path
from typing import Annotated

import typer
from doorpakken_events.catalogue import SERVICES

from doorpakken_local.commands.display import Screen
from doorpakken_local.ports import HIGHEST_BASE_PORT

LOWEST_BASE_PORT = 1024
REPLICA_LIMIT = 8
DATA_DIR = Path(".doorpakken")

DataDir = Annotated[
    Path,
    typer.Option(
        help="Folder for everything this system keeps.",
        envvar="DOORPAKKEN_DATA_DIR",
        file_okay=False,
    ),
]
BasePort = Annotated[
    int,
    typer.Option(
        min=LOWEST_BASE_PORT,
        max=HIGHEST_BASE_PORT,
        help="The parts listen on ports counted from here (registration +1, matching +2, …).",
    ),
]
Replicas = Annotated[
    list[str] | None,
    typer.Option(metavar="SERVICE=N", help="How many processes of a service; may be repeated."),
]

screen = Screen(highlight=False)


def counts(words: list[str]) -> dict[str, int]:
    """Parse `SERVICE=N` words; raises typer.BadParameter."""
    found = {}
    for word in words:
        service, _, count = word.partition("=")
        if service not in SERVICES or not count.isdigit() or not 1 <= int(count) <= REPLICA_LIMIT:
            raise typer.BadParameter(
                f"{word!r} is not SERVICE=N with one of {', '.join(SERVICES)} "
                f"and N from 1 to {REPLICA_LIMIT}",
                param_hint="--replicas",
            )
        found[service] = int(count)
    return found

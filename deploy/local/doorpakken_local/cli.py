"""The command `doorpakken`: the whole system on this machine, and a look into it.
Refuses with one clear sentence and a non-zero exit code."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Annotated

import typer
from doorpakken_events.catalogue import SERVICES
from rich.console import Console

from doorpakken_local import foreground
from doorpakken_local.ports import DEFAULT_BASE_PORT, HIGHEST_BASE_PORT
from doorpakken_local.system import System
from doorpakken_local.trouble import told_plainly
from doorpakken_local.welcome import welcome

app = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Doorpakken on this machine: real Kafka, real MongoDB, four services and a mailbox.",
)
console = Console(highlight=False)

DataDir = Annotated[
    Path,
    typer.Option(help="Folder for everything this system keeps.", envvar="DOORPAKKEN_DATA_DIR"),
]
BasePort = Annotated[
    int,
    typer.Option(
        min=1024, max=HIGHEST_BASE_PORT, help="Its parts listen on ports counted from here."
    ),
]
Replicas = Annotated[
    list[str] | None,
    typer.Option(metavar="SERVICE=N", help="How many processes of a service; may be repeated."),
]
DATA_DIR = Path(".doorpakken")


@app.callback()
def doorpakken() -> None:
    """Keeps `up` a command of its own for as long as it is the only one."""


@app.command()
def up(
    data_dir: DataDir = DATA_DIR,
    base_port: BasePort = DEFAULT_BASE_PORT,
    replicas: Replicas = None,
    infrastructure_only: Annotated[
        bool,
        typer.Option(
            "--infrastructure-only", help="Only Kafka, MongoDB and mailbox, to run a service alone."
        ),
    ] = False,
) -> None:
    """Start everything and keep it running until Ctrl-C."""
    system = System(
        data_dir,
        base_port,
        replicas=parse_replicas(replicas or []),
        infrastructure_only=infrastructure_only,
    )

    async def show() -> bool:
        console.print(welcome(system))
        return True

    _run(system, show)


def parse_replicas(words: list[str]) -> dict[str, int]:
    """`registration=2` as a count by service."""
    counts = {}
    for word in words:
        service, _, count = word.partition("=")
        if service not in SERVICES or not count.isdigit() or int(count) < 1:
            raise typer.BadParameter(
                f"{word!r} is not SERVICE=N with a service of {', '.join(SERVICES)}"
            )
        counts[service] = int(count)
    return counts


def _run(system: System, then: Callable[[], Awaitable[bool]]) -> None:
    with told_plainly():
        asyncio.run(foreground.run(system, console, then))

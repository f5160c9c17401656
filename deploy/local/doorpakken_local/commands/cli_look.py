"""The commands that inspect a running system or move its clock: `events`, `parked`, `clock`."""

import asyncio
from typing import Annotated

import typer

from doorpakken_local.commands import domain_clock, events_tail
from doorpakken_local.commands import parked as set_aside
from doorpakken_local.commands.cli_options import DATA_DIR, DataDir, screen
from doorpakken_local.commands.trouble import told_plainly
from doorpakken_local.folder import DataFolder

events = typer.Typer(no_args_is_help=True, help="What the services say to each other.")
parked = typer.Typer(no_args_is_help=True, help="Events that a service could not handle.")
clock = typer.Typer(no_args_is_help=True, help="The time that the whole system lives by.")

EventId = Annotated[str, typer.Argument(metavar="ID", help="The event's id, from `parked list`.")]


@events.command("tail")
def tail(
    topics: Annotated[
        list[str] | None,
        typer.Argument(metavar="TOPIC…", help="Names of topics; none means all of them."),
    ] = None,
    data_dir: DataDir = DATA_DIR,
    from_beginning: Annotated[
        bool, typer.Option("--from-beginning", help="Also what was said before.")
    ] = False,
) -> None:
    """Show events as they come, until Ctrl-C; one JSON object a line where output is piped."""
    folder = DataFolder(data_dir.resolve())
    with told_plainly():
        asyncio.run(events_tail.tail(folder, topics or [], screen, from_beginning=from_beginning))


@parked.command("list")
def list_parked(data_dir: DataDir = DATA_DIR) -> None:
    """What is parked, at which service, why, and how much waits behind it."""
    with told_plainly():
        set_aside.show(asyncio.run(set_aside.list_all(DataFolder(data_dir.resolve()))), screen)


@parked.command("retry")
def retry(event_id: EventId, data_dir: DataDir = DATA_DIR) -> None:
    """Handle the event again, and then what waits behind it."""
    _act(data_dir, "retry", event_id)


@parked.command("discard")
def discard(event_id: EventId, data_dir: DataDir = DATA_DIR) -> None:
    """Drop the event for good, and handle what waits behind it."""
    _act(data_dir, "discard", event_id)


@clock.command("set")
def set_clock(
    time: Annotated[
        str, typer.Argument(help="2023-09-15T09:00 (Amsterdam time), or `real` for the true time.")
    ],
    data_dir: DataDir = DATA_DIR,
) -> None:
    """Make it another time for every service."""
    with told_plainly():
        screen.print(domain_clock.set_time(DataFolder(data_dir.resolve()), time).isoformat())


@clock.command("advance", context_settings={"ignore_unknown_options": True})
def advance_clock(
    duration: Annotated[str, typer.Argument(help="3d, 2w, 1d12h, 30m; -1h goes back.")],
    data_dir: DataDir = DATA_DIR,
) -> None:
    """Let time pass at once."""
    with told_plainly():
        screen.print(domain_clock.advance(DataFolder(data_dir.resolve()), duration).isoformat())


def _act(data_dir: DataDir, action: str, event_id: str) -> None:
    with told_plainly():
        screen.print(asyncio.run(set_aside.act(DataFolder(data_dir.resolve()), action, event_id)))

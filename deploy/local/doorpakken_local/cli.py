"""The command `doorpakken`: runs the whole system on this machine.
Foreseen errors are printed as one sentence, with a non-zero exit code."""

import asyncio
import json
from pathlib import Path
from typing import Annotated

import typer

from doorpakken_local.commands import cli_integration, cli_look, compose_env, foreground, status
from doorpakken_local.commands import down as stopping
from doorpakken_local.commands.cli_options import (
    DATA_DIR,
    BasePort,
    DataDir,
    Replicas,
    counts,
    screen,
)
from doorpakken_local.commands.trouble import told_plainly
from doorpakken_local.commands.welcome import welcome
from doorpakken_local.folder import DataFolder
from doorpakken_local.ports import DEFAULT_BASE_PORT
from doorpakken_local.public_address import settings_for
from doorpakken_local.system import System

app = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    help="Doorpakken on this machine: real Kafka and MongoDB, four services and a mailbox.",
)
app.add_typer(cli_look.events, name="events")
app.add_typer(cli_look.parked, name="parked")
app.add_typer(cli_look.clock, name="clock")
app.add_typer(cli_integration.integration, name="integration")


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
    public_url: Annotated[
        str | None,
        typer.Option(help="The one address of all pages, where a proxy of yours answers it."),
    ] = None,
) -> None:
    """Start everything and keep it running until Ctrl-C."""
    with told_plainly():
        system = System(
            data_dir,
            base_port,
            replicas=counts(replicas or []),
            settings=settings_for(public_url) if public_url else {},
            infrastructure_only=infrastructure_only,
        )

        async def show() -> bool:
            screen.print(welcome(system), soft_wrap=True)
            return True

        asyncio.run(foreground.run(system, screen, show))


@app.command()
def demo(
    data_dir: DataDir = DATA_DIR,
    base_port: BasePort = DEFAULT_BASE_PORT,
    once: Annotated[
        bool, typer.Option("--once", help="Stop at the end; exit code 0 only if all counts fit.")
    ] = False,
    report: Annotated[
        Path | None, typer.Option(dir_okay=False, help="Write the counts to this file as JSON.")
    ] = None,
    seed: Annotated[
        int | None, typer.Option(help="Another story: other names, answers and needs.")
    ] = None,
    attendees: Annotated[
        int | None, typer.Option(min=2, help="A gathering of another size.")
    ] = None,
) -> None:
    """Play a whole gathering, from sign-up to dashboard; the system stays up at the end."""
    from doorpakken_local.demo.command import Demo

    play = Demo(data_dir, base_port, screen, once, report, seed, attendees)
    with told_plainly():
        is_right = asyncio.run(play.run())
    if not is_right:
        raise typer.Exit(1)


@app.command()
def down(data_dir: DataDir = DATA_DIR) -> None:
    """Stop the system that runs on this data folder."""
    with told_plainly():
        was_up = stopping.stop(DataFolder(data_dir.resolve()))
    screen.print("Stopped." if was_up else "Nothing was running.")


@app.command("compose-env")
def write_compose_env(
    url: Annotated[
        str, typer.Option(help="The one address of all pages; https:// gets a certificate.")
    ] = compose_env.TRIAL_URL,
    file: Annotated[Path, typer.Option(dir_okay=False, help="Where to write.")] = Path(".env"),
) -> None:
    """Write the secrets and addresses that docker-compose.yml asks for."""
    with told_plainly():
        compose_env.write(file, url)
    screen.print(
        f"{file} is written. `docker compose up --build --wait` starts everything on {url}; "
        "sign in at /staff/login with FIRST_STAFF_EMAIL and FIRST_STAFF_PASSWORD.",
        soft_wrap=True,
    )


@app.command("status")
def show_status(
    data_dir: DataDir = DATA_DIR,
    as_json: Annotated[bool, typer.Option("--json", help="The same for programs.")] = False,
) -> None:
    """What runs and whether it is well; exit code 1 when not."""
    with told_plainly():
        looked = asyncio.run(status.look(DataFolder(data_dir.resolve())))
    if as_json:
        print(json.dumps(looked, indent=1))
    else:
        status.show(looked, screen)
    if not looked["well"]:
        raise typer.Exit(1)

"""The commands for external readers of the topics: `integration add`, `list`, `revoke`."""

import asyncio
import json
from typing import Annotated

import typer
from doorpakken_plumbing.kafka import integrations

from doorpakken_local.commands import readers
from doorpakken_local.commands.cli_options import DATA_DIR, DataDir, screen
from doorpakken_local.commands.trouble import told_plainly
from doorpakken_local.folder import DataFolder
from doorpakken_local.owner import kafka_login

integration = typer.Typer(no_args_is_help=True, help="Who reads the topics from outside.")

Name = Annotated[str, typer.Argument(help="Lowercase letters, digits and dashes; at most 32.")]


@integration.command("add")
def add(
    name: Name,
    grant: Annotated[
        list[str] | None,
        typer.Option(metavar="TOPIC", help="A topic besides the public ones; may be repeated."),
    ] = None,
    data_dir: DataDir = DATA_DIR,
    as_json: Annotated[bool, typer.Option("--json", help="The same for programs.")] = False,
) -> None:
    """Make an integration and show its configuration; its password is shown this once."""
    with told_plainly():
        admin = kafka_login(DataFolder(data_dir.resolve()))
        added = asyncio.run(integrations.add(admin, name, grant or []))
    configuration = readers.configuration(*added)
    print(json.dumps(configuration, indent=1) if as_json else readers.as_env(configuration))


@integration.command("list")
def list_integrations(data_dir: DataDir = DATA_DIR) -> None:
    """Every integration and what it was granted."""
    with told_plainly():
        admin = kafka_login(DataFolder(data_dir.resolve()))
        readers.show(asyncio.run(integrations.list_all(admin)), screen)


@integration.command("revoke")
def revoke(name: Name, data_dir: DataDir = DATA_DIR) -> None:
    """End an integration: it connects no more, and what is connected reads no more."""
    with told_plainly():
        admin = kafka_login(DataFolder(data_dir.resolve()))
        asyncio.run(integrations.revoke(admin, name))
    screen.print(f"{name} reads nothing any more.")

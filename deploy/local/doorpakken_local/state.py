"""The file in which a running system describes itself for `down`, `status` and other commands.
Contains no secret; valid only while a system holds the folder."""

from datetime import datetime

from pydantic import BaseModel

from doorpakken_local.folder import DataFolder, write_private


class NotRunning(Exception):
    """No system runs on this data folder."""


class State(BaseModel):
    """One running system; `pid` is the process that started it and stops it."""

    pid: int
    base_port: int
    started_at: datetime
    urls: dict[str, str]
    instances: dict[str, str]  # URL of each service process by instance name
    smtp_url: str
    kafka_bootstrap: str
    kafka_username: str
    mongodb: str  # the address without user and password
    parts: dict[str, int]  # pid by name


def write(folder: DataFolder, state: State) -> None:
    write_private(folder.state, state.model_dump_json(indent=1))


def forget(folder: DataFolder) -> None:
    folder.state.unlink(missing_ok=True)


def find(folder: DataFolder) -> State:
    """Raises NotRunning, also for a state file that a killed system left behind."""
    if folder.find_holder() is None or not folder.state.exists():
        raise NotRunning(f"No system runs on {folder.root}. Start one with `doorpakken up`.")
    return State.model_validate_json(folder.state.read_text())

"""What a running system writes down about itself, so that `down`, `status` and the rest find it.
Holds no secret; refuses to call a system running whose folder nobody holds."""

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
    instances: dict[str, str]  # address of each process of a service by its name
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
    """The running system's own words; NotRunning where none is."""
    if folder.find_holder() is None or not folder.state.exists():
        raise NotRunning(f"No system runs on {folder.root}. Start one with `doorpakken up`.")
    return State.model_validate_json(folder.state.read_text())

"""What a running system writes down about itself, so that `down`, `status` and the rest find it.
Holds no secret; refuses to call a system running whose folder nobody holds."""

from datetime import datetime

from pydantic import BaseModel

from doorpakken_local.folder import DataFolder, FolderInUse, write_private


class NotRunning(Exception):
    """No system runs on this data folder."""


class State(BaseModel):
    """One running system; `pid` is the process that started it and stops it."""

    pid: int
    base_port: int
    started_at: datetime
    urls: dict[str, str]
    smtp_url: str
    kafka_bootstrap: str
    kafka_username: str
    mongodb: str  # where, not how to enter
    parts: dict[str, int]  # pid by name


def write(folder: DataFolder, state: State) -> None:
    write_private(folder.state, state.model_dump_json(indent=1))


def forget(folder: DataFolder) -> None:
    folder.state.unlink(missing_ok=True)


def find(folder: DataFolder) -> State:
    """The running system's own words; NotRunning where none is."""
    if not folder.state.exists() or not is_held(folder):
        raise NotRunning(f"No system runs on {folder.root}. Start one with `doorpakken up`.")
    return State.model_validate_json(folder.state.read_text())


def is_held(folder: DataFolder) -> bool:
    """Whether a living program holds the folder."""
    if not folder.root.exists():
        return False
    try:
        with folder.held():
            return False
    except FolderInUse:
        return True

"""The data folder of one system: where each thing lies, and files that only their owner may read.
Refuses to be shared: one running system at a time holds its lock."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PRIVATE_FOLDER = 0o700
PRIVATE_FILE = 0o600


class FolderInUse(Exception):
    """Another system runs on this data folder."""


@dataclass(frozen=True)
class DataFolder:
    """Paths of one system; `root` is what `--data-dir` names."""

    root: Path

    @property
    def logs(self) -> Path:
        return self.root / "logs"

    @property
    def env(self) -> Path:
        return self.root / "env"

    @property
    def kafka(self) -> Path:
        return self.root / "kafka"

    @property
    def mongod(self) -> Path:
        return self.root / "mongod"

    @property
    def mails(self) -> Path:
        return self.root / "mails"

    @property
    def credentials(self) -> Path:
        return self.root / "credentials.json"

    @property
    def staff_password(self) -> Path:
        return self.root / "staff-password"

    @property
    def state(self) -> Path:
        return self.root / "system.json"

    @property
    def clock(self) -> Path:
        return self.root / "clock"

    def make(self) -> None:
        """Make the folders, closed to everybody else on the machine."""
        parts = (self.logs, self.env, self.kafka, self.mongod, self.mails)
        for path in (self.root, *parts, self.root / "spans", self.root / "locks"):
            path.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)

    def log_of(self, part: str) -> Path:
        return self.logs / f"{part}.log"

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the folder for one system; FolderInUse when another has it."""
        with (self.root / "lock").open("a") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise FolderInUse(
                    f"A system already runs on {self.root}. Stop it with `doorpakken down`, "
                    "or choose another folder with --data-dir."
                ) from error
            yield


def write_private(path: Path, text: str, mode: int = PRIVATE_FILE) -> None:
    """Write the whole file or nothing, readable by its owner alone from the first byte on."""
    partial = path.with_name(f".{path.name}.{os.getpid()}")
    partial.unlink(missing_ok=True)
    with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "w") as file:
        file.write(text)
    partial.replace(path)

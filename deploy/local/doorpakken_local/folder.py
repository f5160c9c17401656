"""The data folder of one system: its paths, its private files and its lock. One running system at a
time holds the lock."""

import fcntl
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from doorpakken_plumbing.mongo.layout import LAYOUT

PRIVATE_FOLDER = 0o700
PRIVATE_FILE = 0o600
NEEDED_MIB = 512
LOCK_TRIES = 5
LOCK_TRY_SECONDS = 0.02


class FolderInUse(Exception):
    """Another system runs on this data folder."""


class FolderUnfit(Exception):
    """The data folder was made by another version, or its disk is full."""


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

    @property
    def layout(self) -> Path:
        return self.root / "layout"

    def make(self) -> None:
        """Create the folders, accessible to the owner only; raises FolderUnfit."""
        self.root.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
        self._require_space()
        self._require_own_layout()
        parts = (self.logs, self.env, self.kafka, self.mongod, self.mails)
        for path in (*parts, self.root / "spans", self.root / "locks"):
            path.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)

    def _require_own_layout(self) -> None:
        found = self._found_layout()
        if found != str(LAYOUT):
            raise FolderUnfit(
                f"{self.root} was made by another version of Doorpakken (layout {found}, this one "
                f"has {LAYOUT}). Use that version, or choose another folder with --data-dir."
            )
        write_private(self.layout, f"{LAYOUT}\n")

    def _found_layout(self) -> str:
        """A folder without a layout file has layout 1 if it holds data, and is new otherwise."""
        if self.layout.exists():
            return self.layout.read_text().strip()
        return "1" if self.mongod.exists() else str(LAYOUT)

    def _require_space(self) -> None:
        free_mib = shutil.disk_usage(self.root).free // (1024 * 1024)
        if free_mib < NEEDED_MIB:
            raise FolderUnfit(
                f"The disk under {self.root} has {free_mib} MiB left, and a system needs "
                f"{NEEDED_MIB}. Make room, or choose another folder with --data-dir."
            )

    def log_of(self, part: str) -> Path:
        return self.logs / f"{part}.log"

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the lock of the folder; raises FolderInUse."""
        with self._lock.open("a+") as lock:
            if not _locked(lock):
                raise FolderInUse(
                    f"A system already runs on {self.root}. Stop it with `doorpakken down`, "
                    "or choose another folder with --data-dir."
                )
            lock.truncate(0)
            lock.write(f"{os.getpid()}\n")
            lock.flush()
            yield

    def find_holder(self) -> int | None:
        """The pid of the system that holds the lock, or None."""
        if not self._lock.exists():
            return None
        with self._lock.open() as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                return int(lock.read() or 0) or None
        return None

    @property
    def _lock(self) -> Path:
        return self.root / "lock"


def _locked(lock: TextIO) -> bool:
    # `find_holder` takes the lock for an instant; that does not mean a system runs.
    for _ in range(LOCK_TRIES):
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            time.sleep(LOCK_TRY_SECONDS)
        else:
            return True
    return False


def write_private(path: Path, text: str, mode: int = PRIVATE_FILE) -> None:
    """Replace the file atomically; it is readable by its owner only from the first byte on."""
    partial = path.with_name(f".{path.name}.{os.getpid()}")
    partial.unlink(missing_ok=True)
    with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "w") as file:
        file.write(text)
    partial.replace(path)

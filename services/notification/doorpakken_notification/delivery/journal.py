"""A local file with what the database may not know yet: which mails were begun, which accepted.
Writing returns only once the line is on the disk, so that a crash right after cannot lose it."""

import asyncio
import os
from dataclasses import dataclass, field
from errno import ENOSPC
from pathlib import Path

BEGUN, TAKEN = "begun", "taken"


@dataclass(frozen=True)
class Told:
    """The content of a journal; an attempt is a message id with its number. If a line in the middle
    is unreadable (`is_whole` is False), a missing entry proves nothing."""

    begun: frozenset[tuple[str, int]] = field(default_factory=frozenset)
    taken: frozenset[str] = field(default_factory=frozenset)
    is_whole: bool = True


class Journal:
    """The journal of one instance."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._path = path
        self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    async def begin(self, message_id: str, attempt: int) -> None:
        """Must be called before the text of the mail is sent."""
        await asyncio.to_thread(self._append, f"{BEGUN} {message_id} {attempt}\n")

    async def take(self, message_id: str, attempt: int) -> None:
        await asyncio.to_thread(self._append, f"{TAKEN} {message_id} {attempt}\n")

    def trim(self, most_bytes: int = 0) -> None:
        """Empties a larger file; only while no mail is being sent and all is in the database."""
        if os.fstat(self._file).st_size > most_bytes:
            os.ftruncate(self._file, 0)

    def close(self) -> None:
        os.close(self._file)

    def _append(self, line: str) -> None:
        data = line.encode()
        if os.write(self._file, data) < len(data):
            raise OSError(ENOSPC, os.strerror(ENOSPC))
        os.fsync(self._file)


def path_of(data_dir: Path, instance: str) -> Path:
    return data_dir / "mail" / f"{instance}.journal"


def read(path: Path) -> Told:
    """Nothing without a file; an incomplete last line is ignored."""
    try:
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines(keepends=True)
    except FileNotFoundError:
        return Told()
    whole = [line for line in lines if line.endswith("\n")]
    found = [said for line in whole if (said := _read(line))]
    return Told(
        is_whole=len(found) == len(whole),
        begun=frozenset(
            (message_id, number) for word, message_id, number in found if word == BEGUN
        ),
        taken=frozenset(message_id for word, message_id, _ in found if word == TAKEN),
    )


def _read(line: str) -> tuple[str, str, int] | None:
    """None for an unreadable line, such as one that a full disk cut off and joined to the next."""
    word, _, rest = line.rstrip("\n").partition(" ")
    message_id, _, number = rest.partition(" ")
    if word not in (BEGUN, TAKEN) or not message_id or not number.isdecimal():
        return None
    return word, message_id, int(number)

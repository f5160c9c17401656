"""Domain time: real time plus an offset that every service of one system reads from one file.
An offset is allowed in a local trial only; records, leases and logs use `real_now`."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

_offset = timedelta(0)


class ClockRefused(RuntimeError):
    """The clock file has an offset where none is allowed, or no whole number of seconds."""


def real_now() -> datetime:
    """The machine's time in UTC, in whole milliseconds (what MongoDB stores)."""
    moment = datetime.now(UTC)
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


def now() -> datetime:
    """Domain time in UTC, in whole milliseconds."""
    return real_now() + _offset


def offset_seconds() -> int:
    """Domain time minus real time; negative is behind."""
    return int(_offset.total_seconds())


def set_offset(seconds: int, *, allowed: bool) -> bool:
    """True when it changed. Raises ClockRefused where no offset is allowed."""
    global _offset  # noqa: PLW0603 - one process has one domain time
    if seconds and not allowed:
        raise ClockRefused("the clock may be moved only with ENVIRONMENT=local")
    changed = seconds != offset_seconds()
    _offset = timedelta(seconds=seconds)
    return changed


def read_offset(path: Path) -> int | None:
    """In seconds; 0 without a file, None while it is being written. Raises ClockRefused."""
    try:
        text = path.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        return 0
    except UnicodeDecodeError:
        raise ClockRefused(f"{path} does not hold a whole number of seconds") from None
    try:
        return int(text) if text else None
    except ValueError:
        raise ClockRefused(f"{path} does not hold a whole number of seconds") from None


def adopt(path: Path, *, allowed: bool) -> bool:
    """Applies the clock file; True when domain time changed."""
    seconds = read_offset(path)
    return seconds is not None and set_offset(seconds, allowed=allowed)


async def watch(
    path: Path, on_change: Callable[[], None], *, allowed: bool, poll_seconds: float = 0.2
) -> None:
    while True:
        if adopt(path, allowed=allowed):
            on_change()
        await asyncio.sleep(poll_seconds)

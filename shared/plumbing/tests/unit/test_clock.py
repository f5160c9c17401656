"""Domain time follows the clock file, and only in a local trial."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, timedelta
from pathlib import Path

import pytest
from doorpakken_plumbing.time import clock

from tests.probe import becomes

DAY_SECONDS = 86_400


@pytest.fixture(autouse=True)
def real_time_afterwards() -> Iterator[None]:
    yield
    clock.set_offset(0, allowed=True)


def test_times_are_utc_in_whole_milliseconds() -> None:
    for moment in (clock.now(), clock.real_now()):
        assert moment.tzinfo is UTC
        assert moment.microsecond % 1000 == 0


@pytest.mark.parametrize("days", [3, -3])
def test_offset_moves_domain_time_only(days: int) -> None:
    clock.set_offset(days * DAY_SECONDS, allowed=True)

    ahead = clock.now() - clock.real_now()

    assert abs(ahead - timedelta(days=days)) < timedelta(seconds=1)


def test_offset_is_refused_outside_a_trial() -> None:
    with pytest.raises(clock.ClockRefused, match="ENVIRONMENT=local"):
        clock.set_offset(60, allowed=False)
    assert clock.offset_seconds() == 0


def test_no_offset_is_fine_everywhere(tmp_path: Path) -> None:
    assert clock.adopt(tmp_path / "clock", allowed=False) is False


@pytest.mark.parametrize(("text", "seconds"), [("86400\n", 86_400), ("-60", -60), ("0", 0)])
def test_file_holds_whole_seconds(tmp_path: Path, text: str, seconds: int) -> None:
    (tmp_path / "clock").write_text(text)
    assert clock.read_offset(tmp_path / "clock") == seconds


@pytest.mark.parametrize("content", [b"tomorrow", b"1.5", b"\xff"])
def test_file_with_anything_else_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "clock").write_bytes(content)
    with pytest.raises(clock.ClockRefused, match="whole number"):
        clock.read_offset(tmp_path / "clock")


def test_file_being_written_changes_nothing(tmp_path: Path) -> None:
    clock.set_offset(60, allowed=True)
    (tmp_path / "clock").write_text("")

    assert clock.adopt(tmp_path / "clock", allowed=True) is False
    assert clock.offset_seconds() == 60


async def test_watch_tells_each_change_once(tmp_path: Path) -> None:
    heard: list[int] = []
    watching = asyncio.create_task(
        clock.watch(
            tmp_path / "clock",
            lambda: heard.append(clock.offset_seconds()),
            allowed=True,
            poll_seconds=0.005,
        )
    )

    async def last_heard() -> list[int]:
        return heard[-1:]

    for seconds in (3600, -60):
        (tmp_path / "clock").write_text(str(seconds))
        await becomes(last_heard, [seconds])
    (tmp_path / "clock").unlink()
    await becomes(last_heard, [0])
    watching.cancel()

    assert heard == [3600, -60, 0]

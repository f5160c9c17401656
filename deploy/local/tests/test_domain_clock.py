"""Moving the time of a system."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from doorpakken_local.commands import domain_clock
from doorpakken_local.folder import DataFolder
from doorpakken_plumbing.time.clock import read_offset


def test_a_time_without_zone_is_amsterdam(tmp_path: Path) -> None:
    now = domain_clock.set_time(DataFolder(tmp_path), "2023-09-15T09:00")
    assert abs(now - datetime(2023, 9, 15, 7, tzinfo=UTC)) < timedelta(seconds=2)
    assert now.utcoffset() == timedelta(hours=2)


def test_advances_add_up_and_go_back(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path)
    for words in ("3d", "1d12h", "-30m"):
        domain_clock.advance(folder, words)
    assert read_offset(folder.clock) == (4 * 24 + 12) * 3600 - 1800
    domain_clock.set_time(folder, "real")
    assert read_offset(folder.clock) == 0


@pytest.mark.parametrize("words", ["", "3", "d", "3 d", "3y", "1d-2h"])
def test_what_is_no_duration_is_refused(tmp_path: Path, words: str) -> None:
    with pytest.raises(domain_clock.NotATime):
        domain_clock.advance(DataFolder(tmp_path), words)
    assert not (tmp_path / "clock").exists()


def test_what_is_no_time_is_refused(tmp_path: Path) -> None:
    with pytest.raises(domain_clock.NotATime, match="next week"):
        domain_clock.set_time(DataFolder(tmp_path), "next week")


@pytest.mark.parametrize("words", ["99999w", "99999999999w"])
def test_the_end_of_the_calendar_is_out_of_reach(tmp_path: Path, words: str) -> None:
    folder = DataFolder(tmp_path)
    for move in (domain_clock.advance, lambda to, _: domain_clock.set_time(to, "9999-12-31")):
        with pytest.raises(domain_clock.NotATime):
            move(folder, words)
    assert not folder.clock.exists()

"""Tests that look at pages are skipped where there is no browser, but not before a change lands."""

import pytest

from tests.chromium import chromium
from tests.workspace.members import ROOT


async def test_without_a_chromium_tests_are_skipped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv("REQUIRE_CHROMIUM", raising=False)
    with pytest.raises(pytest.skip.Exception, match="no Chromium on the PATH"):
        async with chromium():
            pass


async def test_where_one_is_required_they_fail(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setenv("REQUIRE_CHROMIUM", "1")
    with pytest.raises(pytest.fail.Exception, match="no Chromium on the PATH"):
        async with chromium():
            pass


def test_one_is_required_before_a_change_lands() -> None:
    lines = (ROOT / ".ci/run").read_text().splitlines()
    assert lines[-2:] == ["export REQUIRE_CHROMIUM=1 FRESH_ENVIRONMENTS=1", "make test"]

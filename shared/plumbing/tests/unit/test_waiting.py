"""What is waited for is said at once and then ever more seldom."""

import pytest
import structlog
from doorpakken_plumbing.observing import waiting
from doorpakken_plumbing.observing.waiting import Waiting
from structlog.testing import LogCapture


@pytest.fixture
def logged(monkeypatch: pytest.MonkeyPatch) -> LogCapture:
    capture = LogCapture()
    monkeypatch.setattr(waiting, "log", structlog.wrap_logger(None, processors=[capture]))
    return capture


def test_the_same_reason_is_said_after_ten_twenty_and_forty_seconds(logged: LogCapture) -> None:
    now = 0.0
    one = Waiting(lambda: now)
    said_at = []
    for second in range(75):
        now = float(second)
        before = len(logged.entries)
        one.note("MongoDB does not answer")
        said_at += [second] * (len(logged.entries) - before)
    assert said_at == [0, 10, 30, 70]
    assert one.reason == "MongoDB does not answer"


def test_another_reason_and_the_end_are_said_at_once(logged: LogCapture) -> None:
    one = Waiting(lambda: 0.0)
    for reason in ("it does not answer", "it refuses us", "it refuses us"):
        one.note(reason)
    one.over()
    one.over()
    assert [entry["event"] for entry in logged.entries] == ["waiting", "waiting", "goes on"]
    assert one.reason is None

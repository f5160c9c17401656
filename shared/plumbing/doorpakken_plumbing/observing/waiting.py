"""Logs what a service waits for: at once, and then at growing intervals, to avoid log floods."""

import time
from collections.abc import Callable

import structlog

log = structlog.get_logger(__name__)

AGAIN_SECONDS_MIN = 10.0
AGAIN_SECONDS_MAX = 600.0


class Seldom:
    """When a message may be repeated: at once, then after 10 seconds, 20, 40 … and 10 minutes."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._due_at = clock()
        self._interval_seconds = AGAIN_SECONDS_MIN

    def is_due(self) -> bool:
        """When it returns True, the message counts as logged."""
        now = self._clock()
        if now < self._due_at:
            return False
        self._due_at = now + self._interval_seconds
        self._interval_seconds = min(2 * self._interval_seconds, AGAIN_SECONDS_MAX)
        return True


class Waiting:
    """One thing that may be missing; `reason` is None while it is there."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.reason: str | None = None
        self._clock = clock
        self._seldom = Seldom(clock)

    def note(self, reason: str) -> None:
        if reason != self.reason:
            self._seldom = Seldom(self._clock)
        self.reason = reason
        if self._seldom.is_due():
            log.warning("waiting", reason=reason)

    def over(self) -> None:
        if self.reason is not None:
            log.info("goes on", waited_for=self.reason)
        self.reason = None

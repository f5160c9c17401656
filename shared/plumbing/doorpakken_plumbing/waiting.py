"""What a service waits for, said in one sentence: at once, and then ever more seldom.
Refuses to flood a log with what it said before."""

import time
from collections.abc import Callable

import structlog

log = structlog.get_logger(__name__)

AGAIN_SECONDS_MIN = 10.0
AGAIN_SECONDS_MAX = 600.0


class Waiting:
    """One thing that may be missing; `reason` is None while it is there."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.reason: str | None = None
        self._clock = clock
        self._say_at = 0.0
        self._interval_seconds = AGAIN_SECONDS_MIN

    def note(self, reason: str) -> None:
        """It is missing, for this reason."""
        now = self._clock()
        if reason == self.reason and now < self._say_at:
            return
        if reason != self.reason:
            self._interval_seconds = AGAIN_SECONDS_MIN
        log.warning("waiting", reason=reason)
        self.reason, self._say_at = reason, now + self._interval_seconds
        self._interval_seconds = min(2 * self._interval_seconds, AGAIN_SECONDS_MAX)

    def over(self) -> None:
        """It is there again."""
        if self.reason is not None:
            log.info("goes on", waited_for=self.reason)
        self.reason = None

"""How many events share a transaction: halved when they did not fit, doubled when they commit
quickly. Never below one."""


class RunSize:
    """The size of the next run; `seconds` is the time limit of a transaction."""

    def __init__(self, most: int, seconds: float) -> None:
        self._most = most
        self._quick_seconds = seconds / 4
        self.now = most

    def halve(self, events: int) -> None:
        self.now = max(1, events // 2)

    def committed(self, seconds: float) -> None:
        """Doubles the size after a commit within a quarter of the time limit."""
        if seconds < self._quick_seconds:
            self.now = min(self._most, 2 * self.now)

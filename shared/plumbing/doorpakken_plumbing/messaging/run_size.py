"""How many events share a transaction: halved when they did not fit, more again when they commit
quickly. Refuses to go below one."""


class RunSize:
    """The size of the next run; `seconds` is the time that a transaction has."""

    def __init__(self, most: int, seconds: float) -> None:
        self._most = most
        self._quick_seconds = seconds / 4
        self.now = most

    def halve(self, events: int) -> None:
        """So many were too heavy for one transaction."""
        self.now = max(1, events // 2)

    def committed(self, seconds: float) -> None:
        """A run of this size took so long; twice as many have to fit with room to spare."""
        if seconds < self._quick_seconds:
            self.now = min(self._most, 2 * self.now)

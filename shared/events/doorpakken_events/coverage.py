"""How far offers cover what a need asks, counted the same wherever it is shown."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Coverage:
    """What is asked and what is offered, in one unit; more than was asked is welcome, and shown.
    `offers` says how many they are."""

    asked: int
    offered: int = 0
    offers: int = 0

    @property
    def open(self) -> int:
        return max(0, self.asked - self.offered)

    @property
    def over(self) -> int:
        return max(0, self.offered - self.asked)

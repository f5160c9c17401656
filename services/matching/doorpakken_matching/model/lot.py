"""The lot that decides between equals: drawn from what goes into a run, so that anybody can draw it
again, and nobody is ahead for having signed up early."""

from collections.abc import Callable
from hashlib import sha256

Lot = Callable[..., str]


def lot_of(run_id: str) -> Lot:
    """Draws for an attendee and a pitch, or for a pitch alone; the lowest comes first."""

    def draw(*ids: str) -> str:
        return sha256("\n".join((run_id, *ids)).encode()).hexdigest()

    return draw

"""A reproducible tie-breaker: derived from the inputs of a run, so that anybody can repeat it and
signing up early gives no advantage."""

from collections.abc import Callable
from hashlib import sha256

Lot = Callable[..., str]


def lot_of(run_id: str) -> Lot:
    """The returned function takes an attendee id and a pitch id, or a pitch id alone; its results
    are sort keys."""

    def draw(*ids: str) -> str:
        return sha256("\n".join((run_id, *ids)).encode()).hexdigest()

    return draw

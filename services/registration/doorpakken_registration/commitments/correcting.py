"""A mistake in a commitment is put right by staff, who say why; nobody is asked again."""

from dataclasses import dataclass
from datetime import date

from doorpakken_events import commitment_moves
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.time import clock

from doorpakken_registration.commitments import commitments
from doorpakken_registration.commitments.model.commitment import Commitment, Step
from doorpakken_registration.commitments.model.moves import Move


@dataclass(frozen=True)
class Correction:
    """What it should have said; no amount leaves that as it is."""

    what: str
    how: str
    due: date
    amount: int | None
    reason: str


async def correct(tx: Transaction, commitment_id: str, right: Correction) -> Commitment:
    """Raises DayOutOfReach for another day that is over."""
    found = await commitments.get(tx, commitment_id)
    commitments.require(found, Move.CORRECT)
    if right.due != found.due:
        commitments.require_day(right.due)
    after = found.corrected(right.what, right.how, right.due, right.amount)
    if after is not found:
        after = after.noted(Step("corrected", clock.now(), None, right.reason))
    return await commitments.put(tx, found, after, commitment_moves.UPDATED)

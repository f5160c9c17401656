"""What who needed a promise says of it: it came, it did not, or it is not needed any more; and how
staff settle what is disputed. Nobody confirms their own promise. Each raises NotYoursToConfirm or
NotInThisState."""

from datetime import date

from doorpakken_events import commitment_moves
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.time import clock

from doorpakken_registration.commitments import commitments, keeping
from doorpakken_registration.commitments.model.commitment import Commitment, Step
from doorpakken_registration.commitments.model.moves import Move
from doorpakken_registration.commitments.refusals import NotYoursToConfirm
from doorpakken_registration.pitches import pitches, representation

RELEASED, NOT_DELIVERED = "released", "not_delivered"


async def confirm(
    tx: Transaction, commitment_id: str, by: str | None, received: int | None
) -> Commitment:
    """`received` is what came; None means all that was said to be done."""
    found = await _held(tx, commitment_id, by, Move.CONFIRM)
    return await _confirmed(tx, found, by, received)


async def dispute(tx: Transaction, commitment_id: str, by: str | None, reason: str) -> Commitment:
    found = await _held(tx, commitment_id, by, Move.DISPUTE)
    now = clock.now()
    after = found.disputed(now).noted(Step("disputed", now, by, reason))
    return await commitments.put(tx, found, after, commitment_moves.DISPUTED)


async def release(tx: Transaction, commitment_id: str, by: str | None, reason: str) -> Commitment:
    """It is not needed any more; what was done of it stays."""
    found = await _held(tx, commitment_id, by, Move.RELEASE)
    return await keeping.end(tx, found, RELEASED, by, reason)


async def settle(
    tx: Transaction, commitment_id: str, received: int | None, due: date | None, reason: str
) -> Commitment:
    """By staff: so much came, it goes on until a day, or neither. Raises DayOutOfReach."""
    if received:
        return await settle_as_received(tx, commitment_id, received, reason)
    if due:
        return await settle_as_running(tx, commitment_id, due, reason)
    return await settle_as_not_delivered(tx, commitment_id, reason)


async def settle_as_received(
    tx: Transaction, commitment_id: str, received: int, reason: str
) -> Commitment:
    """By staff."""
    found = await _disputed(tx, commitment_id)
    return await _confirmed(tx, found, None, received, reason)


async def settle_as_running(
    tx: Transaction, commitment_id: str, due: date, reason: str
) -> Commitment:
    """By staff; raises DayOutOfReach."""
    found = await _disputed(tx, commitment_id)
    commitments.require_day(due)
    now = clock.now()
    after = found.replanned(due, now).noted(Step("settled", now, None, reason, due=due))
    return await commitments.put(tx, found, after, commitment_moves.REPLANNED)


async def settle_as_not_delivered(tx: Transaction, commitment_id: str, reason: str) -> Commitment:
    """By staff."""
    found = await _disputed(tx, commitment_id)
    return await keeping.end(tx, found, NOT_DELIVERED, None, reason)


async def _confirmed(
    tx: Transaction,
    found: Commitment,
    by: str | None,
    received: int | None,
    words: str | None = None,
) -> Commitment:
    now = clock.now()
    amount = received or found.delivered_amount
    after = found.confirmed(amount, now).noted(Step("confirmed", now, by, words, amount=amount))
    return await commitments.put(tx, found, after, commitment_moves.CONFIRMED)


async def _disputed(tx: Transaction, commitment_id: str) -> Commitment:
    found = await commitments.get(tx, commitment_id)
    commitments.require(found, Move.SETTLE)
    return found


async def _held(tx: Transaction, commitment_id: str, by: str | None, move: Move) -> Commitment:
    found = await commitments.get(tx, commitment_id)
    pitch = await pitches.hold(tx, found.pitch_id)
    if by:
        is_owner = by == found.person_id or await representation.is_contact(
            tx, by, found.organisation_id
        )
        is_same = found.organisation_id and found.organisation_id == pitch.organisation_id
        if by not in pitch.pitchers or (move is not Move.RELEASE and (is_owner or is_same)):
            raise NotYoursToConfirm("Somebody else has to say this.")
    commitments.require(found, move)
    return found

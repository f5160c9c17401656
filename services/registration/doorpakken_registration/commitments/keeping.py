"""What the owner of a commitment, or staff for them, says while it runs: a new day, how far it is,
that it is done, that it will not be, or that somebody else takes it over. Each raises
NotYourCommitment or NotInThisState."""

from datetime import date, timedelta

from doorpakken_events import commitment_moves
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.time import clock

from doorpakken_registration.commitments import commitments
from doorpakken_registration.commitments.model.commitment import Commitment, State, Step
from doorpakken_registration.commitments.model.moves import Move
from doorpakken_registration.commitments.refusals import (
    HandedOverOften,
    NotHandedOver,
    NotYourCommitment,
)
from doorpakken_registration.people import persons

WITHDRAWN = "withdrawn"
A_DAY = timedelta(days=1)
HANDED_OVER_PER_DAY = 5


async def replan(
    tx: Transaction, commitment_id: str, by: str | None, due: date, reason: str
) -> Commitment:
    """Raises DayOutOfReach."""
    found = await commitments.held_by_owner(tx, commitment_id, by, Move.REPLAN)
    commitments.require_day(due)
    now = clock.now()
    after = found.replanned(due, now).noted(Step("replanned", now, by, reason, due=due))
    return await commitments.put(tx, found, after, commitment_moves.REPLANNED)


async def progress(
    tx: Transaction, commitment_id: str, by: str | None, note: str, done: int | None
) -> Commitment:
    """`done` is the amount so far; None leaves it as it was."""
    found = await commitments.held_by_owner(tx, commitment_id, by, Move.PROGRESS)
    step = Step("progressed", clock.now(), by, note, amount=done)
    after = found.progressed(None if found.is_action else done).noted(step)
    return await commitments.put(tx, found, after, commitment_moves.PROGRESSED)


async def deliver_part(
    tx: Transaction, commitment_id: str, by: str | None, done: int, due: date, reason: str
) -> Commitment:
    """So much is done, and the rest comes on another day. Raises DayOutOfReach."""
    await progress(tx, commitment_id, by, reason, done)
    return await replan(tx, commitment_id, by, due, reason)


async def deliver(
    tx: Transaction, commitment_id: str, by: str | None, done: int | None
) -> Commitment:
    """Of a promise `done` is what was done in all; None means as much as was promised."""
    found = await commitments.held_by_owner(tx, commitment_id, by, Move.DELIVER)
    now = clock.now()
    amount = None if found.is_action else done or found.amount or found.asked_amount
    after = found.delivered(amount, now).noted(Step("delivered", now, by, amount=amount))
    is_over = after.state is State.CONFIRMED
    topic = commitment_moves.CONFIRMED if is_over else commitment_moves.DELIVERED
    return await commitments.put(tx, found, after, topic)


async def withdraw(tx: Transaction, commitment_id: str, by: str | None, reason: str) -> Commitment:
    """What was done of it stays."""
    found = await commitments.held_by_owner(tx, commitment_id, by, Move.WITHDRAW)
    return await end(tx, found, WITHDRAWN, by, reason)


async def publish(
    tx: Transaction, commitment_id: str, by: str | None, publication: str, consent: str | None
) -> Commitment:
    """`consent` are the words in which they were asked."""
    found = await commitments.held_by_owner(tx, commitment_id, by, Move.PUBLISH)
    after = found.updated(publication=publication)
    if after is not found:
        after = after.published(publication, consent, by, clock.now())
    return await commitments.put(tx, found, after, commitment_moves.UPDATED)


async def hand_over(
    tx: Transaction, commitment_id: str, by: str | None, to_person_id: str
) -> Commitment:
    """It stays the owner's until this person takes it over. Raises HandedOverOften."""
    found = await commitments.held_by_owner(tx, commitment_id, by, Move.HAND_OVER)
    await persons.hold(tx, to_person_id)
    now = clock.now()
    if by and found.said_since("handed_over", now - A_DAY) >= HANDED_OVER_PER_DAY:
        raise HandedOverOften("Enough people were asked today.")
    heir = None if to_person_id == found.person_id else to_person_id
    after = found.updated(hand_over_to=heir)
    if after is not found:
        after = after.noted(Step("handed_over", now, by))
    return await commitments.put(tx, found, after, commitment_moves.UPDATED)


async def take_over(
    tx: Transaction, commitment_id: str, by: str | None, *, is_taken: bool
) -> Commitment:
    """By who it is handed over to, or staff for them; a no leaves it with its owner. Raises
    NotHandedOver."""
    found = await commitments.get(tx, commitment_id)
    if found.hand_over_to is None:
        raise NotHandedOver("Nobody hands this promise over.")
    if by not in (None, found.hand_over_to):
        raise NotYourCommitment("It is handed over to somebody else.")
    commitments.require(found, Move.TAKE_OVER)
    after = found.taken_over() if is_taken else found.updated(hand_over_to=None)
    after = after.noted(Step("taken_over" if is_taken else "not_taken_over", clock.now(), by))
    return await commitments.put(tx, found, after, commitment_moves.UPDATED)


async def end(
    tx: Transaction, found: Commitment, reason: str, by: str | None, words: str | None
) -> Commitment:
    """It is delivered instead, if something of it was done."""
    now = clock.now()
    after = found.ended(reason, now).noted(Step(reason, now, by, words))
    was_done = after.state is State.DELIVERED
    topic = commitment_moves.DELIVERED if was_done else commitment_moves.WITHDRAWN
    return await commitments.put(tx, found, after, topic)

"""What who is asked answers to a commitment that was written down for them. `by` is the visitor who
acts, None for staff who were told by telephone. Each raises NotYourCommitment or NotInThisState."""

from datetime import date

from doorpakken_events import commitment_moves
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.time import clock

from doorpakken_registration.commitments import commitments
from doorpakken_registration.commitments.model.commitment import Commitment, Step
from doorpakken_registration.commitments.model.moves import Move
from doorpakken_registration.commitments.refusals import NotYourCommitment, PassedOnBefore
from doorpakken_registration.people import persons
from doorpakken_registration.pitches import offers

CONSULT_DAYS_MAX = 60
DECLINED, ENTERED_WRONGLY = "declined", "entered_wrongly"


async def accept(
    tx: Transaction,
    commitment_id: str,
    by: str | None,
    *,
    amount: int | None,
    due: date,
    publication: str,
    how: str | None = None,
    consent: str | None = None,
) -> Commitment:
    """The owner's amount and day count at once. `consent` are the words in which they were asked
    what everybody may read. Raises DayOutOfReach."""
    found = await commitments.held_by_owner(tx, commitment_id, by, Move.ACCEPT)
    commitments.require_day(due)
    now = clock.now()
    given = None if found.is_action else amount or found.asked_amount
    after = found.accepted(given, due, publication, how, now)
    after = after.noted(Step("accepted", now, by, amount=given, due=due))
    after = after.published(publication, consent, by, now)
    return await commitments.put(tx, found, after, commitment_moves.ANSWERED)


async def consult(tx: Transaction, commitment_id: str, by: str | None, until: date) -> Commitment:
    """Raises DayOutOfReach."""
    found = await commitments.held_by_owner(tx, commitment_id, by, Move.CONSULT)
    commitments.require_day(until, days_max=CONSULT_DAYS_MAX, field="until")
    now = clock.now()
    after = found.consulting(until, now).noted(Step("consulting", now, by, due=until))
    return await commitments.put(tx, found, after, commitment_moves.ANSWERED)


async def pass_on(
    tx: Transaction, commitment_id: str, by: str | None, to_person_id: str
) -> Commitment:
    """Raises PassedOnBefore, also for who passes it on to themselves."""
    found = await commitments.held_by_owner(tx, commitment_id, by, Move.PASS_ON)
    if to_person_id in (*found.passed_by, found.person_id):
        raise PassedOnBefore("This person said before that somebody else decides.")
    await persons.hold(tx, to_person_id)
    now = clock.now()
    after = found.passed_on(to_person_id, now).noted(Step("passed_on", now, by))
    return await commitments.put(tx, found, after, commitment_moves.ANSWERED)


async def decline(
    tx: Transaction,
    commitment_id: str,
    by: str | None,
    reason: str | None,
    *,
    is_offer_withdrawn: bool = False,
) -> Commitment:
    """The offer it came from stays, unless they take that back too."""
    found = await commitments.held_by_owner(tx, commitment_id, by, Move.DECLINE)
    if found.offer_id and is_offer_withdrawn:
        await offers.withdraw(tx, found.offer_id, by)
    now = clock.now()
    after = found.ended(DECLINED, now).noted(Step("declined", now, by, reason))
    return await commitments.put(tx, found, after, commitment_moves.ANSWERED)


async def strike(tx: Transaction, commitment_id: str, by: str | None) -> Commitment:
    """By who entered it, before any answer."""
    found = await commitments.get(tx, commitment_id)
    if by and by != found.entered_by:
        raise NotYourCommitment("Somebody else entered this.")
    return await strike_out(tx, found, by)


async def strike_out(tx: Transaction, found: Commitment, by: str | None) -> Commitment:
    commitments.require(found, Move.STRIKE)
    now = clock.now()
    after = found.ended(ENTERED_WRONGLY, now).noted(Step("struck", now, by))
    return await commitments.put(tx, found, after, commitment_moves.WITHDRAWN)

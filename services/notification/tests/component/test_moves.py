"""Each update of the ledger that changes a state, tried on a mail in every state: it makes the
moves of the table and no other."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from doorpakken_events.moves import ForbiddenMove
from doorpakken_notification.delivery import outcomes
from doorpakken_notification.model.mail import Lease, Mail
from doorpakken_notification.model.mail_states import MOVES, Cause, Reason, State
from doorpakken_notification.store import mail_bytes, mails, sending, set_apart
from doorpakken_notification.store.mails import Changes
from doorpakken_plumbing.messaging.lanes import Command
from doorpakken_plumbing.observing.tracing import Origin

from services.notification.tests.component.desk import Desk
from services.notification.tests.component.gathering import FRIDAY

KEY, TOKEN, INSTANCE = "personal_link:one", "token", "1"
Update = Callable[[Desk, Mail], Awaitable[object]]


async def _lease(desk: Desk, _mail: Mail) -> object:
    return await sending.lease(
        desk.mongo, token="other", instance=INSTANCE, most=5, lease_seconds=60
    )


async def _mark_intent(desk: Desk, mail: Mail) -> object:
    return await sending.mark_intent(
        desk.mongo,
        mail,
        person_id="p1",
        content=b"words",
        told=None,
        lease_seconds=60,
        keep_seconds=60,
    )


async def _put_off(desk: Desk, mail: Mail) -> None:
    await sending.put_off(desk.mongo, mail.key, TOKEN, code=451, delay_seconds=60)


async def _mark_sent(desk: Desk, mail: Mail) -> object:
    command = Command(mail.key, Origin.current())
    return await desk.service.transact(lambda tx: outcomes.mark_sent_alone(tx, command))


def _ends(state: State) -> Update:
    async def end(desk: Desk, mail: Mail) -> object:
        return await desk.service.transact(
            lambda tx: outcomes.mark_ended(tx, mail.key, state, Reason.REFUSED, "p1")
        )

    return end


def _puts(cause: Cause, state: State) -> Update:
    async def put(desk: Desk, mail: Mail) -> object:
        changes = Changes()
        after = replace(mail, state=state, reason=Reason.CANCELLED)
        if mail.state is state or MOVES.allows(cause, mail.state, state):
            changes.put(mail, after, cause)
        else:
            with pytest.raises(ForbiddenMove):
                changes.put(mail, after, cause)
        return await desk.service.transact(changes.save)

    return put


UPDATES: dict[tuple[Cause, State], tuple[Update, ...]] = {
    (Cause.FACTS, State.DRAFT): (_puts(Cause.FACTS, State.DRAFT),),
    (Cause.FACTS, State.QUEUED): (_puts(Cause.FACTS, State.QUEUED),),
    (Cause.FACTS, State.STOPPED): (_puts(Cause.FACTS, State.STOPPED),),
    (Cause.NOT_OWED, State.STOPPED): (_puts(Cause.NOT_OWED, State.STOPPED),),
    (Cause.RELEASE, State.QUEUED): (lambda desk, _: mails.queue_drafts(desk.mongo, "w1"),),
    (Cause.LEASE, State.LEASED): (_lease,),
    (Cause.LEASE, State.QUEUED): (
        lambda desk, mail: sending.give_back(desk.mongo, mail),
        lambda desk, mail: sending.wait_for(desk.mongo, mail, "contact/p1", 60),
        lambda desk, mail: sending.gather(desk.mongo, mail, FRIDAY),
        lambda desk, _: sending.free_lapsed(desk.mongo),
        lambda desk, _: sending.free_own(desk.mongo, INSTANCE),
        lambda desk, _: desk.service.transact(lambda tx: mail_bytes.forget_objects(tx, ["one"])),
    ),
    (Cause.SENDER, State.INTENT): (_mark_intent,),
    (Cause.SENDER, State.RETRY): (_put_off,),
    **{
        (Cause.SENDER, state): (_ends(state),)
        for state in (
            State.ON_PAPER,
            State.BOUNCED,
            State.SUPPRESSED,
            State.STOPPED,
            State.AMBIGUOUS,
        )
    },
    (Cause.SERVER, State.SENT): (_mark_sent,),
    (Cause.STAFF, State.QUEUED): (
        lambda desk, mail: desk.service.transact(lambda tx: set_apart.queue_again(tx, mail)),
    ),
    (Cause.STAFF, State.STOPPED): (
        lambda desk, mail: desk.service.transact(lambda tx: set_apart.drop(tx, mail, 2)),
    ),
}


async def _stored(desk: Desk, state: State) -> Mail:
    """A mail in this state that every update would find: leased, lapsed, due and set apart."""
    mail = Mail(
        KEY,
        "personal_link",
        state,
        person_id="p1",
        wave_id="w1",
        object_id="one",
        owed_at=FRIDAY,
        version=1,
        attempt=1,
        needs_staff=True,
    )
    changes = Changes()
    changes.remove(KEY)
    changes.add(mail)
    await desk.service.transact(changes.save)
    lease = {"token": TOKEN, "by": INSTANCE, "until": FRIDAY - timedelta(hours=1)}
    await desk.mongo["mails"].update_one({"_id": KEY}, {"$set": {"lease": lease}})
    return replace(mail, lease=Lease(TOKEN, INSTANCE))


async def _state(desk: Desk) -> State:
    return State((await desk.stored(KEY))["state"])


def test_every_move_of_the_table_is_tried() -> None:
    assert UPDATES.keys() == MOVES.table.keys()


@pytest.mark.parametrize("move", UPDATES, ids="-".join)
async def test_an_update_makes_the_moves_of_the_table_and_no_other(
    desk: Desk, move: tuple[Cause, State]
) -> None:
    cause, after = move
    for update in UPDATES[move]:
        for before in State:
            await update(desk, await _stored(desk, before))
            may = MOVES.allows(cause, before, after)
            assert await _state(desk) is (after if may else before), before


async def test_an_outcome_that_the_table_lacks_is_not_written(desk: Desk) -> None:
    sent = await _stored(desk, State.SENT)
    again = [(sent, replace(sent, state=State.QUEUED))]
    with pytest.raises(ForbiddenMove, match="sender: sent to queued"):
        await desk.service.transact(lambda tx: sending.finish(tx, again, Cause.SENDER))
    assert await _state(desk) is State.SENT


async def test_what_was_read_before_another_moved_the_mail_is_not_written(desk: Desk) -> None:
    queued = await _stored(desk, State.QUEUED)
    await _mark_sent(desk, queued)
    changes = Changes()
    changes.put(queued, replace(queued, state=State.STOPPED), Cause.FACTS)
    await desk.service.transact(changes.save)
    assert await _state(desk) is State.SENT


async def test_a_sent_mail_waits_for_no_staff(desk: Desk) -> None:
    await _mark_sent(desk, await _stored(desk, State.AMBIGUOUS))
    assert not (await desk.stored(KEY))["needs_staff"]

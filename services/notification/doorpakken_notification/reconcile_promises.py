"""Reconciles the ledger with promises: mails about each, and the daily ones of everybody around
them. Runs in the transaction of the event that changed a fact, and the morning after a day with
news."""

from collections.abc import Iterable, Sequence

from doorpakken_plumbing.messaging import erasure
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.time import clock
from doorpakken_plumbing.time.timers import Timer, TimerHandlers, set_timer

from doorpakken_notification.model.promises import Promise
from doorpakken_notification.promise_rules import (
    DAILY,
    mails_about,
    mails_about_outcome,
    mails_of_days,
    next_news_at,
)
from doorpakken_notification.settling import settle
from doorpakken_notification.store import mails, outcomes, promises
from doorpakken_notification.store.mails import Changes

NEWS = "promise-news"


async def reconcile_promises(
    tx: Transaction, commitment_ids: Iterable[str], *, also: Iterable[str] = ()
) -> None:
    """`also` are people who were concerned until now."""
    found = await promises.list_promises(tx, commitment_ids)
    people = frozenset(also).union(*(one.people for one in found))
    erased = await erasure.find_erased(tx, sorted(people))
    changes = Changes()
    for one in found:
        owed = [mail for mail in mails_about(one) if mail.person_id not in erased]
        settle(tx, changes, owed, await mails.list_of_object(tx, one.id))
        await _set_news(tx, one)
    for person_id in sorted(people - erased):
        await _reconcile_days(tx, changes, person_id)
    await changes.save(tx)


async def reconcile_gone(tx: Transaction, gone: Promise) -> None:
    """Of a commitment that is no more: what was not sent is dropped."""
    changes = Changes()
    settle(tx, changes, [], await mails.list_of_object(tx, gone.id))
    for person_id in sorted(gone.people):
        await _reconcile_days(tx, changes, person_id)
    await changes.save(tx)


async def reconcile_of(tx: Transaction, field: str, value: str, also: Iterable[str]) -> None:
    """All with this value in a field: those of a pitch, or of a session."""
    ids = await promises.list_ids(tx, field, value)
    await reconcile_promises(tx, ids, also=also)


async def reconcile_outcome(tx: Transaction, session_id: str, *, also: Iterable[str] = ()) -> None:
    """Of a work session; `also` are people who led it until now."""
    found = await outcomes.find_outcome(tx, session_id)
    if found is None:
        return
    people = {one for one in (*also, found.asked) if one}
    erased = await erasure.find_erased(tx, sorted(people))
    changes = Changes()
    owed = [mail for mail in mails_about_outcome(found) if mail.person_id not in erased]
    settle(tx, changes, owed, await mails.list_of_object(tx, session_id))
    for person_id in sorted(people - erased):
        await _reconcile_days(tx, changes, person_id)
    await changes.save(tx)


async def tell_news(tx: Transaction, timer: Timer) -> None:
    await reconcile_promises(tx, [timer.data["commitment_id"]])


async def _set_news(tx: Transaction, promise: Promise) -> None:
    """Its one timer, for the next morning on which a day with news of it is over."""
    at = next_news_at(promise, clock.now())
    if at:
        data = {"commitment_id": promise.id}
        await set_timer(tx, f"{NEWS}/{promise.id}", NEWS, at, data)


async def _reconcile_days(tx: Transaction, changes: Changes, person_id: str) -> None:
    theirs: Sequence[Promise] = await promises.list_around(tx, person_id)
    led = await outcomes.list_led_by(tx, person_id)
    owed = mails_of_days(person_id, theirs, clock.now(), led)
    settle(tx, changes, owed, await mails.list_of_person(tx, person_id, DAILY))


TIMERS: TimerHandlers = {NEWS: tell_news}

"""Keeps who of staff did what, in the transaction in which it is done."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.time import clock

from doorpakken_registration.common.model.act import Act
from doorpakken_registration.common.store import acts as store

T = TypeVar("T")
Done = Callable[[Transaction], Awaitable[T]]


async def note(
    tx: Transaction,
    staff_id: str | None,
    did: str,
    object_id: str,
    *,
    gathering_id: str | None = None,
    person_id: str | None = None,
) -> None:
    """Does nothing without `staff_id`: then the person acted for themselves."""
    if staff_id is None:
        return
    act = Act(tx.new_id(), clock.now(), staff_id, did, object_id, gathering_id, person_id)
    await store.add_act(tx, act)


def noted(
    work: Done[T],
    staff_id: str | None,
    did: str,
    object_id: str,
    *,
    gathering_id: str | None = None,
    person_id: str | None = None,
) -> Done[T]:
    """The same work, which notes the act when it is done."""

    async def done(tx: Transaction) -> T:
        result = await work(tx)
        about = {"gathering_id": gathering_id, "person_id": person_id}
        await note(tx, staff_id, did, object_id, **about)
        return result

    return done

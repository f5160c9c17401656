"""The lane of a gathering's pitches: offers, support and changed plans in order of arrival, a batch
in one transaction. One refusal breaks its batch, and then each command is decided alone."""

from collections.abc import Awaitable, Callable, Sequence

from doorpakken_plumbing.http.idempotency import Key, StoredResponse
from doorpakken_plumbing.messaging.lanes import Command, Lanes
from doorpakken_plumbing.messaging.transaction import Transaction

Work = Callable[[Transaction], Awaitable[StoredResponse]]


async def submit(lanes: Lanes, gathering_id: str, work: Work, key: Key | None) -> StoredResponse:
    """What `work` answers. All of them write to their pitch, so apart they would only collide."""
    return await lanes.submit(f"pitches:{gathering_id}", work, decide, idempotency=key)


async def decide(tx: Transaction, commands: Sequence[Command[Work]]) -> list[StoredResponse]:
    """One answer for each command; each sees what those before it did."""
    answers = []
    for command in commands:
        with command.origin.active():
            answers.append(await command.payload(tx))
    return answers

"""The lane of a gathering's pitches: offers, support and pitch changes in order of arrival, a batch
in one transaction. If one is rejected, the commands of its batch are decided one by one."""

from collections.abc import Awaitable, Callable, Sequence

from doorpakken_plumbing.http.idempotency import Key, StoredResponse
from doorpakken_plumbing.messaging.lanes import Command, Lanes
from doorpakken_plumbing.messaging.transaction import Transaction

Work = Callable[[Transaction], Awaitable[StoredResponse]]


async def submit(lanes: Lanes, gathering_id: str, work: Work, key: Key | None) -> StoredResponse:
    """Returns the response of `work`. In a lane, because all of it writes to the pitch and would
    conflict."""
    return await lanes.submit(f"pitches:{gathering_id}", work, decide, idempotency=key)


async def decide(tx: Transaction, commands: Sequence[Command[Work]]) -> list[StoredResponse]:
    answers = []
    for command in commands:
        with command.origin.active():
            answers.append(await command.payload(tx))
    return answers

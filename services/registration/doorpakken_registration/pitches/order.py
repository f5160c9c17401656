"""The order in which the accepted pitches of a gathering are told. A pitch that got no place in it
comes last, in order of handing in."""

from collections.abc import Sequence

from doorpakken_events import states
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import Documents

from doorpakken_registration.pitches.model.pitch import Pitch
from doorpakken_registration.pitches.store import pitch_orders
from doorpakken_registration.pitches.store import pitches as store

UP, DOWN = -1, 1


async def list_in_order(documents: Documents, gathering_id: str) -> list[Pitch]:
    accepted = await store.list_pitches(documents, gathering_id, (states.Pitch.ACCEPTED,))
    return _sorted(accepted, await pitch_orders.find_order(documents, gathering_id))


async def move(tx: Transaction, gathering_id: str, pitch_id: str, step: int) -> None:
    """One place `UP` or `DOWN`; does nothing at either end, or for a pitch that is not accepted."""
    ids = [one.id for one in await list_in_order(tx, gathering_id)]
    if pitch_id not in ids:
        return
    at = ids.index(pitch_id)
    to = min(max(at + step, 0), len(ids) - 1)
    ids[at], ids[to] = ids[to], ids[at]
    await pitch_orders.put_order(tx, gathering_id, ids)


def _sorted(accepted: Sequence[Pitch], order: Sequence[str]) -> list[Pitch]:
    places = {pitch_id: at for at, pitch_id in enumerate(order)}
    return sorted(accepted, key=lambda one: places.get(one.id, len(places)))

"""Fills the tallies once, at the first start of a version that keeps them. A later start leaves
them as they are. Who is inside a gathering is counted since a later version."""

from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.service import Service

from doorpakken_registration.common.store import tallies
from doorpakken_registration.gatherings.store import attendees
from doorpakken_registration.pitches.store import endorsements

INSIDE = "begun-inside"


async def begin(service: Service) -> None:
    if not await tallies.has_begun(service.mongo):
        await service.transact(_count)
    if not await tallies.has_begun(service.mongo, INSIDE):
        await service.transact(_count_inside)


async def _count(tx: Transaction) -> None:
    if not await tallies.has_begun(tx):
        await tallies.begin(tx)
        await attendees.count_anew(tx)
        await endorsements.count_anew(tx)


async def _count_inside(tx: Transaction) -> None:
    if not await tallies.has_begun(tx, INSIDE):
        await tallies.begin(tx, INSIDE)
        await attendees.count_inside_anew(tx)

"""Fills the tallies once, at the first start of a version that keeps them. A later start leaves
them as they are."""

from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.service import Service

from doorpakken_registration.common.store import tallies
from doorpakken_registration.gatherings.store import attendees
from doorpakken_registration.pitches.store import endorsements


async def begin(service: Service) -> None:
    if not await tallies.has_begun(service.mongo):
        await service.transact(_count)


async def _count(tx: Transaction) -> None:
    if not await tallies.has_begun(tx):
        await tallies.begin(tx)
        await attendees.count_anew(tx)
        await endorsements.count_anew(tx)

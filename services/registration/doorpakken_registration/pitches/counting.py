"""Counts once, at the first start of this version, what is kept counted from then on. Refuses to
count again: what was counted since would be lost."""

from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.service import Service

from doorpakken_registration.common.store import tallies
from doorpakken_registration.gatherings.store import attendees
from doorpakken_registration.pitches.store import endorsements


async def begin(service: Service) -> None:
    """Counts, if nobody did."""
    if not await tallies.has_begun(service.mongo):
        await service.transact(_count)


async def _count(tx: Transaction) -> None:
    if not await tallies.has_begun(tx):
        await tallies.begin(tx)
        await attendees.count_anew(tx)
        await endorsements.count_anew(tx)

"""Gives the pitches, the support and the offers of a person or an organisation to another one."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

from doorpakken_events.registration import EndorsementState
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.time import clock

from doorpakken_registration.common.store import taking
from doorpakken_registration.pitches import endorsements, offers, pitches
from doorpakken_registration.pitches.model.endorsement import Endorsement
from doorpakken_registration.pitches.store import endorsements as endorsements_store
from doorpakken_registration.pitches.store import offers as offers_store
from doorpakken_registration.pitches.store import pitches as pitches_store


async def give_pitches(tx: Transaction, gone: str, stays: str) -> None:
    for one in await pitches_store.list_pitches_by(tx, gone):
        await pitches.put(tx, one, one.pitched_by(stays, instead_of=gone))


async def give_pitches_of_organisation(tx: Transaction, gone: str, stays: str) -> None:
    for one in await pitches_store.list_pitches_for(tx, gone):
        await pitches.put(tx, one, one.changed(organisation_id=stays))


async def give_offers(tx: Transaction, gone: str, stays: str) -> None:
    for one in await offers_store.list_offers_of(tx, gone):
        await offers.put(tx, one, replace(one, version=one.version + 1, person_id=stays))


async def give_offers_of_organisation(tx: Transaction, gone: str, stays: str) -> None:
    for one in await offers_store.list_offers_for(tx, gone):
        await offers.put(tx, one, replace(one, version=one.version + 1, organisation_id=stays))


async def give_support(tx: Transaction, gone: str, stays: str) -> None:
    """Where both supported a pitch, the support of `stays` takes over the stronger state and the
    other one is deleted."""

    async def drop(one: Endorsement) -> None:
        tx.publish_tombstones(EndorsementState, one.id, one.version)
        await endorsements_store.delete_endorsements(tx, [one.id])

    await _give_support(tx, gone, stays, lambda one: replace(one, person_id=stays), drop)
    await taking.give(tx, "endorsements", ("said_by",), gone, stays)


async def give_support_of_organisation(tx: Transaction, gone: str, stays: str) -> None:
    """Where both supported a pitch, the support of `stays` takes over the stronger state and the
    other one is withdrawn."""

    async def withdraw(one: Endorsement) -> None:
        if not one.is_withdrawn:
            await endorsements.put(tx, one, one.withdrawn(clock.now()))

    await _give_support(tx, gone, stays, lambda one: replace(one, organisation_id=stays), withdraw)


async def _give_support(
    tx: Transaction,
    gone: str,
    stays: str,
    to_them: Callable[[Endorsement], Endorsement],
    end: Callable[[Endorsement], Awaitable[None]],
) -> None:
    found = await endorsements_store.list_endorsements_by(tx, [gone, stays])
    theirs = {one.pitch_id: one for one in found if one.supporter == stays}
    for one in found:
        if one.supporter == stays:
            continue
        other = theirs.get(one.pitch_id)
        if other is None:
            await endorsements.put(tx, one, replace(to_them(one), version=one.version + 1))
            continue
        if one.is_stronger_than(other):
            await endorsements.put(tx, other, other.strengthened(one, clock.now()))
        await end(one)

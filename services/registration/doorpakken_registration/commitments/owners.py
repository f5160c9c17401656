"""Whose commitments are: moved to another person or organisation by a merge, and without the person
after an erasure."""

from collections.abc import Sequence
from dataclasses import replace

from doorpakken_events import commitment_moves
from doorpakken_events.registration import CommitmentState
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.time import clock
from doorpakken_plumbing.time.timers import cancel_timer

from doorpakken_registration.commitments import commitments
from doorpakken_registration.commitments.model.commitment import Commitment, State
from doorpakken_registration.commitments.store import commitments as store
from doorpakken_registration.organisations.store import organisations as organisations_store

PERSON_ERASED = "person_erased"


async def give(tx: Transaction, gone: str, stays: str) -> None:
    found = {one.id: one for one in await store.list_owned_by(tx, gone)}
    found |= {one.id: one for one in await store.list_naming(tx, gone)}
    for one in found.values():
        await _update(tx, one, _replaced(one, gone, stays))


async def give_of_organisation(tx: Transaction, gone: str, stays: str) -> None:
    for one in await store.list_owned_for(tx, gone):
        await _update(tx, one, one.updated(organisation_id=stays))


async def forget(tx: Transaction, person_id: str, attendee_ids: Sequence[str]) -> int:
    """What was promised for an organisation stays, with its first other contact if there is one;
    what was done of the others stays too, without a person and without words."""
    owned = await store.list_owned_by(tx, person_id)
    for one in owned:
        if one.organisation_id:
            contact = await _other_contact(tx, one.organisation_id, person_id)
            await _update(tx, one, _replaced(one, person_id, contact))
        else:
            await _forget_owner(tx, one)
    naming = await store.list_naming(tx, person_id)
    for one in naming:
        await _update(tx, one, _replaced(one, person_id, None))
    return len(owned) + len(naming)


async def _forget_owner(tx: Transaction, one: Commitment) -> None:
    """Its texts are on topics that keep the last record of each kind, so it goes from them."""
    version = tx.publish_tombstones(CommitmentState, one.id, one.version)
    await cancel_timer(tx, f"{commitments.TIMER}/{one.id}")
    if one.state is State.ENDED:
        await store.delete_commitments(tx, [one.id])
        return
    blank = replace(
        one,
        version=version + 1,
        person_id=None,
        hand_over_to=None,
        entered_by=None,
        passed_by=(),
        what="",
        how="",
        history=(),
    )
    if one.state is State.CONFIRMED or one.share.delivered:
        state = State.CONFIRMED if one.state is State.CONFIRMED else State.DELIVERED
        delivered_at = one.delivered_at or clock.now()
        after = replace(blank, state=state, delivered_at=delivered_at)
        await commitments.put(tx, None, after, commitment_moves.UPDATED)
        return
    after = replace(blank, state=State.ENDED, reason=PERSON_ERASED, ended_at=clock.now())
    await commitments.put(tx, None, after, commitment_moves.WITHDRAWN)


async def _other_contact(tx: Transaction, organisation_id: str, person_id: str) -> str | None:
    found = await organisations_store.find_organisation(tx, organisation_id)
    others = [one for one in (found.contacts if found else ()) if one != person_id]
    return others[0] if others else None


async def _update(tx: Transaction, before: Commitment, after: Commitment) -> None:
    await commitments.put(tx, before, after, commitment_moves.UPDATED)


def _replaced(one: Commitment, gone: str, stays: str | None) -> Commitment:
    """A hand-over to its own owner is over."""

    def other(name: str | None) -> str | None:
        return stays if name == gone else name

    owner, heir = other(one.person_id), other(one.hand_over_to)
    return one.updated(
        person_id=owner,
        hand_over_to=None if heir == owner else heir,
        entered_by=other(one.entered_by),
        passed_by=tuple(dict.fromkeys(filter(None, map(other, one.passed_by)))),
        history=tuple(replace(step, by=other(step.by)) for step in one.history),
    )

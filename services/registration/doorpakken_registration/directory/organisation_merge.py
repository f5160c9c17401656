"""Two organisations that turn out to be one: what the first has is the other's from then on.
Refuses one with itself, one that was merged before, and more than fits one transaction."""

from dataclasses import dataclass, replace

from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import Documents

from doorpakken_registration.directory import merge_plan
from doorpakken_registration.directory.merge_plan import Belongings, SameTwice
from doorpakken_registration.organisations import organisations
from doorpakken_registration.organisations.store import organisations as store
from doorpakken_registration.people.model.person import Organisation


@dataclass(frozen=True)
class OrganisationMerge:
    """Which organisation becomes which, and what changes hands."""

    gone: Organisation
    stays: Organisation
    given: Belongings


async def prepare(documents: Documents, organisation_id: str, into: str) -> OrganisationMerge:
    """What merging would do; raises NotFound, IsMerged, SameTwice or TooMuchToMerge."""
    if organisation_id == into:
        raise SameTwice("An organisation cannot be merged into itself.")
    gone = await organisations.get_open(documents, organisation_id)
    stays = await organisations.get_open(documents, into)
    given = await merge_plan.of_organisation(documents, gone.id)
    given.require_movable()
    return OrganisationMerge(gone, stays, given)


async def merge(tx: Transaction, organisation_id: str, into: str) -> OrganisationMerge:
    """Merges; the name of the one that is gone finds the other from now on."""
    plan = await prepare(tx, organisation_id, into)
    stays = plan.stays.with_contacts((*plan.stays.contacts, *plan.gone.contacts))
    # Also written when nothing of it changes: what is kept for it at this moment conflicts.
    await store.put_organisation(tx, stays)
    for one in (plan.gone, *await store.list_merged_into(tx, plan.gone.id)):
        gone = replace(one, version=one.version + 1, contacts=(), merged_into=stays.id)
        await store.put_organisation(tx, gone)
        tx.publish(organisations.event_of(gone), gone.version)
    await merge_plan.give_to_organisation(tx, plan.given, stays.id)
    return plan

"""Merging two organisations: everything of the first moves to the second. Refused for an
organisation with itself, one that was merged before, and more than fits in one transaction."""

from dataclasses import dataclass, replace

from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import Documents

from doorpakken_registration import kept
from doorpakken_registration.directory import merge_plan
from doorpakken_registration.directory.merge_plan import Belongings, SameTwice
from doorpakken_registration.organisations import organisations
from doorpakken_registration.organisations.store import organisations as store
from doorpakken_registration.people.model.person import Organisation


@dataclass(frozen=True)
class OrganisationMerge:
    """A merge of `gone` into `stays`, with everything that moves."""

    gone: Organisation
    stays: Organisation
    given: Belongings


async def prepare(documents: Documents, organisation_id: str, into: str) -> OrganisationMerge:
    """Checks without writing; raises NotFound, IsMerged, SameTwice or TooMuchToMerge."""
    if organisation_id == into:
        raise SameTwice("An organisation cannot be merged into itself.")
    gone = await organisations.get_open(documents, organisation_id)
    stays = await organisations.get_open(documents, into)
    given = await merge_plan.of_organisation(documents, gone.id)
    given.require_movable()
    return OrganisationMerge(gone, stays, given)


async def merge(tx: Transaction, organisation_id: str, into: str) -> OrganisationMerge:
    """From then on the name of the merged organisation finds the other one. Raises as `prepare`."""
    plan = await prepare(tx, organisation_id, into)
    stays = plan.stays.with_contacts((*plan.stays.contacts, *plan.gone.contacts))
    # Written even when unchanged, so that concurrent writes for this organisation conflict.
    await store.put_organisation(tx, stays)
    for one in (plan.gone, *await store.list_merged_into(tx, plan.gone.id)):
        gone = replace(one, version=one.version + 1, contacts=(), merged_into=stays.id)
        await store.put_organisation(tx, gone)
        tx.publish(organisations.event_of(gone), gone.version)
    await kept.give_of_organisation(tx, plan.gone.id, stays.id)
    return plan

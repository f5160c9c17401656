"""Staff accounts with the names of their people, as administrators see them."""

from collections.abc import Sequence
from dataclasses import dataclass

from doorpakken_plumbing.mongo.database import Documents

from doorpakken_registration.common.store.paging import Page, Part
from doorpakken_registration.people.store import persons as persons_store
from doorpakken_registration.staff import account_states
from doorpakken_registration.staff.model.staff import Account
from doorpakken_registration.staff.store import staff as store


@dataclass(frozen=True)
class Colleague:
    """An account and the name of its person."""

    account: Account
    name: str


async def get(documents: Documents, staff_id: str) -> Colleague:
    """Raises NotFound."""
    [found] = await _named(documents, [await account_states.get(documents, staff_id)])
    return found


async def page(documents: Documents, part: Part) -> Page[Colleague]:
    """By e-mail address."""
    found = await store.page_accounts(documents, part)
    return Page(await _named(documents, found.items), found.last)


async def _named(documents: Documents, accounts: Sequence[Account]) -> list[Colleague]:
    people = await persons_store.list_persons(documents, {one.person_id for one in accounts})
    names = {one.id: one.name for one in people}
    return [Colleague(one, names.get(one.person_id, one.email)) for one in accounts]

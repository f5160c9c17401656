"""The first staff account, made at start; and accounts from before accounts referred to people."""

from dataclasses import replace

from doorpakken_plumbing.identity.staff import EVERYWHERE
from doorpakken_plumbing.messaging.transaction import Transact, Transaction

from doorpakken_registration.people.model.person import Introduction
from doorpakken_registration.people.persons import People
from doorpakken_registration.settings import Settings
from doorpakken_registration.staff import account_states, passwords
from doorpakken_registration.staff.model.staff import ADMINISTRATOR, Account
from doorpakken_registration.staff.store import staff as store

FIRST_ROLES = {EVERYWHERE: ADMINISTRATOR}
# Until they write their own name on the page of their account.
FIRST_NAME = "Beheerder"


class NoFirstPassword(RuntimeError):
    """There is no account yet, and no password to make the first one."""


async def make(transact: Transact, settings: Settings) -> None:
    """Does nothing when there is an account; raises NoFirstPassword."""
    password = settings.first_staff_password

    async def work(tx: Transaction) -> None:
        if await store.has_staff(tx):
            return
        if password is None:
            raise NoFirstPassword("no staff account yet: set FIRST_STAFF_PASSWORD")
        password_hash = await passwords.hash_of(password.get_secret_value())
        email = settings.first_staff_email
        person_id = await _person_at(tx, email)
        account = Account(
            tx.new_id(), 0, email, password_hash, FIRST_ROLES, active=True, person_id=person_id
        )
        await account_states.save(tx, account)

    await transact(work)


async def give_persons(transact: Transact) -> None:
    """Accounts without a person could only be made at start, so each administers everything."""

    async def work(tx: Transaction) -> None:
        for account in await store.list_accounts_without_person(tx):
            person_id = await _person_at(tx, account.email)
            await account_states.save(tx, replace(account, person_id=person_id, roles=FIRST_ROLES))

    await transact(work)


async def _person_at(tx: Transaction, email: str) -> str:
    who = Introduction(FIRST_NAME, email, None, "nl")
    people = await People.meet(tx, [who])
    person = people.find_or_make(who)
    await people.save()
    return person.id

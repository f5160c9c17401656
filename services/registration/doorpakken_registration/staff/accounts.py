"""Staff accounts: invitations, roles, blocking, and the password. `by` is who of staff does it.
Refuses whatever would leave nobody who administers all gatherings."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from doorpakken_events.staff import StaffChanged
from doorpakken_plumbing.http.errors import Conflict, Forbidden, Invalid
from doorpakken_plumbing.identity import acts, revocations
from doorpakken_plumbing.identity.staff import EVERYWHERE, Staff
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import Documents

from doorpakken_registration.gatherings.store import gatherings as gatherings_store
from doorpakken_registration.people import persons
from doorpakken_registration.people.model.person import Introduction, Person
from doorpakken_registration.people.persons import People
from doorpakken_registration.staff import account_states, password_links, passwords
from doorpakken_registration.staff.model.staff import ADMINISTRATOR, Account
from doorpakken_registration.staff.store import password_links as links_store
from doorpakken_registration.staff.store import staff as store


class AccountKnown(Conflict):
    """Somebody already signs in with this address; `id` is that account."""

    slug = "account-known"
    dutch = "Er is al een collega met dit e-mailadres."


class LastAdministrator(Conflict):
    """Nobody else administers all gatherings."""

    slug = "last-administrator"
    dutch = "Dit is de laatste beheerder. Maak eerst iemand anders beheerder."


class BothAreStaff(Conflict):
    """Both people have a staff account."""

    slug = "both-are-staff"
    dutch = "Beiden hebben een account. Samenvoegen kan dan niet."


class NotInvited(Conflict):
    """They chose a password already, or are blocked."""

    slug = "not-invited"
    dutch = "Deze collega heeft al een wachtwoord, of is geblokkeerd."


class IsStaff(Forbidden):
    """The person has a staff account, and you administer none."""

    slug = "person-is-staff"
    dutch = "Deze persoon heeft een account. Dit mag alleen een beheerder."


class WrongRoles(Invalid):
    """No role, a gathering that does not exist, or an administrator of one gathering."""

    slug = "wrong-roles"
    dutch = "Kies een rol. Een beheerder is dat voor alle bijeenkomsten."


class WrongPassword(Invalid):
    """This is not their password."""

    slug = "wrong-password"
    dutch = "Uw wachtwoord van nu klopt niet."


async def invite(
    tx: Transaction, by: str, who: Introduction, roles: Mapping[str, str], per_hour: int
) -> Account:
    """Mails a link to choose a password. Raises AccountKnown or WrongRoles."""
    assert who.email
    await _require_roles(tx, roles)
    if known := await store.find_account_by_email(tx, who.email):
        raise AccountKnown("Somebody signs in with this address already.", id=known.id)
    people = await People.meet(tx, [who])
    person = people.find_or_make(who)
    await people.save()
    await _require_no_account(tx, person.id)
    account = Account(
        tx.new_id(), 0, who.email, None, dict(roles), active=True, person_id=person.id
    )
    account = await account_states.save(tx, account)
    await password_links.request(tx, account, password_links.INVITE, per_hour)
    await _note(tx, by, "colleague_invited", account)
    return account


async def invite_again(tx: Transaction, by: str, staff_id: str, per_hour: int) -> Account:
    """Raises NotFound, NotInvited or TooMany."""
    account = await account_states.get(tx, staff_id)
    if account.state != "invited":
        raise NotInvited("Only who was invited and chose no password yet is invited again.")
    await password_links.request(tx, account, password_links.INVITE, per_hour)
    await _note(tx, by, "colleague_invited", account)
    return account


async def change_roles(
    tx: Transaction, by: str, account: Account, roles: Mapping[str, str]
) -> Account:
    """From now on, also for who is signed in. Raises WrongRoles or LastAdministrator."""
    await _require_roles(tx, roles)
    if dict(account.roles) == dict(roles):
        return account
    after = replace(account, roles=dict(roles))
    await _require_administrator_left(tx, account, after)
    await _note(tx, by, "roles_changed", account)
    return await account_states.save(tx, await account_states.replace_sessions(tx, after))


async def block(tx: Transaction, by: str, account: Account) -> Account:
    """Ends all sessions and links; raises LastAdministrator."""
    if not account.active:
        return account
    after = replace(account, active=False)
    await _require_administrator_left(tx, account, after)
    await links_store.remove_links_of(tx, account.id)
    await _note(tx, by, "colleague_blocked", account)
    return await account_states.save(tx, await account_states.end_sessions(tx, after))


async def unblock(tx: Transaction, by: str, account: Account) -> Account:
    if account.active:
        return account
    await _note(tx, by, "colleague_unblocked", account)
    return await account_states.save(tx, replace(account, active=True))


async def change_password(
    tx: Transaction, staff: Staff, known_hash: str | None, password_hash: str
) -> Account:
    """Ends all other sessions. `known_hash` is what the password of now was checked with; raises
    WrongPassword when it is another one by now."""
    account = await account_states.get(tx, staff.staff_id)
    if account.password_hash != known_hash:
        raise wrong_password()
    await links_store.remove_links_of(tx, account.id)
    return await account_states.set_password(tx, account, password_hash, keep=staff.session_id)


async def check_password(documents: Documents, staff: Staff, password: str) -> Account:
    """Raises NotFound or WrongPassword."""
    account = await account_states.get(documents, staff.staff_id)
    if not await passwords.fits(account.password_hash, password):
        raise wrong_password()
    return account


async def rename(tx: Transaction, staff_id: str, name: str) -> None:
    """Raises NotFound or PersonKnown."""
    account = await account_states.get(tx, staff_id)
    known = await persons.get(tx, account.person_id)
    who = Introduction(name, known.email, known.phone, known.language)
    await persons.change(tx, known.id, who)


async def follow_address(tx: Transaction, person: Person) -> None:
    """Whoever is staff signs in with their new address from now on; raises AccountKnown."""
    for account in await store.list_accounts_of(tx, [person.id]):
        if not person.email or person.email == account.email:
            continue
        if known := await store.find_account_by_email(tx, person.email):
            raise AccountKnown("Somebody signs in with this address already.", id=known.id)
        await account_states.save(tx, replace(account, email=person.email))


async def require_may_change(documents: Documents, staff: Staff, *person_ids: str) -> None:
    """An administrator alone changes, merges or erases a person who is staff: their address leads
    to their account. Raises IsStaff."""
    if staff.may(ADMINISTRATOR, EVERYWHERE):
        return
    if await store.list_accounts_of(documents, person_ids):
        raise IsStaff("This person is staff. Ask an administrator.")


async def require_one_account(documents: Documents, gone: str, stays: str) -> None:
    """Raises BothAreStaff."""
    if len(await store.list_accounts_of(documents, [gone, stays])) > 1:
        raise BothAreStaff("Both people have a staff account. They cannot be merged.")


async def is_last_administrator(documents: Documents, account: Account) -> bool:
    if not account.is_administrator:
        return False
    return not await store.has_other_administrator(documents, account.id)


async def forget(tx: Transaction, person_id: str, attendee_ids: Sequence[str]) -> int:
    """Deletes the account and ends its tokens; raises LastAdministrator."""
    found = await store.list_accounts_of(tx, [person_id])
    for account in found:
        await _require_administrator_left(tx, account, replace(account, active=False))
        await account_states.end_sessions(tx, account)
        await links_store.remove_links_of(tx, account.id)
        await store.remove_account(tx, account.id)
        await acts.unname(tx, [account.id])
        await revocations.end_account(tx, account.id)
        tx.publish_tombstones(StaffChanged, account.id, account.version)
    return len(found)


async def give(tx: Transaction, gone: str, stays: str) -> None:
    for account in await store.list_accounts_of(tx, [gone]):
        await account_states.save(tx, replace(account, person_id=stays))


async def _note(tx: Transaction, by: str, did: str, account: Account) -> None:
    await acts.note(tx, by, did, account.id, person_id=account.person_id)


def wrong_password() -> WrongPassword:
    message = "This is not your password of now."
    return WrongPassword(message, errors=[{"field": "current", "message": message}])


async def _require_administrator_left(tx: Transaction, before: Account, after: Account) -> None:
    if not before.is_administrator or after.is_administrator:
        return
    await store.hold_administrators(tx)
    if await is_last_administrator(tx, before):
        raise LastAdministrator("This is the last administrator. Make somebody else one first.")


async def _require_no_account(tx: Transaction, person_id: str) -> None:
    if known := await store.list_accounts_of(tx, [person_id]):
        raise AccountKnown("This person is staff already.", id=known[0].id)


async def _require_roles(tx: Transaction, roles: Mapping[str, str]) -> None:
    places = {place for place in roles if place != EVERYWHERE}
    known = {place for place in places if await gatherings_store.find_gathering(tx, place)}
    administered = {place for place, role in roles.items() if role == ADMINISTRATOR}
    if not roles or places != known or administered - {EVERYWHERE}:
        message = "Give a role, at gatherings that exist; an administrator is one of all."
        raise WrongRoles(message, errors=[{"field": "roles", "message": message}])

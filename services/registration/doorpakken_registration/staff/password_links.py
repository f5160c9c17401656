"""Links in mails with which staff choose a password: for who is invited, and for who forgot it.
Refuses a link that was used, is too old, or went to an address that is not the account's now."""

from doorpakken_plumbing.http.errors import Refusal, TooMany
from doorpakken_plumbing.http.idempotency import StoredResponse
from doorpakken_plumbing.identity.links import PASSWORD, LinkRefused, read_any_age
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import Documents
from doorpakken_plumbing.time import clock
from doorpakken_plumbing.time.timers import Timer, set_timer

from doorpakken_registration.common.received import RECEIVED
from doorpakken_registration.people import persons
from doorpakken_registration.people.links import LinkRequests
from doorpakken_registration.people.model.person import Person
from doorpakken_registration.people.store import persons as persons_store
from doorpakken_registration.settings import Settings
from doorpakken_registration.staff import account_states
from doorpakken_registration.staff.model.staff import LINK_LASTS, Account, PasswordLink
from doorpakken_registration.staff.store import password_links as store
from doorpakken_registration.staff.store import staff as staff_store

INVITE, RECOVER = "staff_invite", "staff_recover"
LOOKED_UP = "staff-recover"
HOUR_SECONDS = 3600


class LinkUsed(Refusal):
    """The link was used, or is too old, or another one of the account was used since."""

    status = 410
    slug = "staff-link-over"
    dutch = "Deze link werkt niet meer. Log in, of vraag een nieuwe link."


async def request(tx: Transaction, account: Account, purpose: str, per_hour: int) -> None:
    """Has one mail with a link sent. Raises NotFound, or TooMany above the limit."""
    await persons.hold(tx, account.person_id)
    links = await LinkRequests.of(tx, [account.person_id])
    link_id = links.request(account.person_id, purpose, None, per_hour=per_hour)
    if link_id is None:
        message = "This person was mailed too often this hour."
        raise TooMany(message, retry_after_seconds=HOUR_SECONDS)
    await links.save()
    lasts = LINK_LASTS[purpose]
    # Twice as long, so that a clock that runs ahead deletes no link that still works.
    goes_at = clock.real_now() + 2 * lasts
    await store.add_link(tx, PasswordLink(link_id, account.id, clock.now() + lasts, goes_at))


async def ask(tx: Transaction, email: str, per_hour: int) -> StoredResponse:
    """Sets a timer for the lookup, so that the answer is the same for known and unknown
    addresses."""
    about = {"email": email, "per_hour": per_hour}
    await set_timer(tx, f"{LOOKED_UP}/{tx.new_id()}", LOOKED_UP, clock.now(), about)
    return RECEIVED


async def look_up(tx: Transaction, timer: Timer) -> None:
    """Mails only at the address of the account, and only if its person still has that address."""
    account = await staff_store.find_account_by_email(tx, timer.data["email"])
    if account is None or not account.may_work:
        return
    person = await persons_store.find_person(tx, account.person_id)
    if person is None or person.email != account.email:
        return
    try:
        await request(tx, account, RECOVER, timer.data["per_hour"])
    except TooMany:
        return


async def opened(documents: Documents, settings: Settings, token: str) -> Account:
    """The account whose password the holder of this link may choose; raises LinkUsed or
    LinkRefused."""
    link = read_any_age(settings.links, token)
    if link.purpose != PASSWORD:
        raise LinkRefused("This link is for something else.")
    known = await store.find_link(documents, link.object_id)
    if known is None or known.ends_at <= clock.now():
        raise LinkUsed("This link was used, or is too old.")
    account = await staff_store.find_account(documents, known.staff_id)
    person = await persons_store.find_person(documents, link.person_id)
    if account is None or person is None or not _is_theirs(account, person, link.generation):
        raise LinkUsed("This link does not work any more.")
    return account


async def use(tx: Transaction, settings: Settings, token: str, password_hash: str) -> Account:
    """Sets the password and ends all sessions and links of the account; raises LinkUsed or
    LinkRefused."""
    account = await opened(tx, settings, token)
    await persons.hold(tx, account.person_id)
    await store.remove_links_of(tx, account.id)
    return await account_states.set_password(tx, account, password_hash)


def _is_theirs(account: Account, person: Person, generation: int) -> bool:
    # An address that was changed since, by whoever may change people, gets no say over an account.
    same = account.person_id == person.id and account.email == person.email
    return account.active and same and person.generation == generation


TIMERS = {LOOKED_UP: look_up}

"""Signing in and out of staff: sessions, and tokens of ten minutes.
A refused sign-in has one message for all reasons."""

import hashlib
import secrets
from datetime import timedelta

from doorpakken_events.staff import StaffSessionRevoked
from doorpakken_plumbing.http.errors import Unauthorised
from doorpakken_plumbing.identity.staff import Staff
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import Documents
from doorpakken_plumbing.texts.mail_addresses import same_email
from doorpakken_plumbing.time import clock

from doorpakken_registration.settings import Settings
from doorpakken_registration.staff import account_states, passwords
from doorpakken_registration.staff import sign_in_tries as tries
from doorpakken_registration.staff.model.staff import Account, StaffSession
from doorpakken_registration.staff.store import staff as store

SECRET_BYTES = 32


class NotRecognised(Unauthorised):
    """The address and the password do not belong together."""

    slug = "sign-in-refused"
    dutch = "E-mailadres en wachtwoord horen niet bij elkaar."


async def sign_in(
    documents: Documents, settings: Settings, email: str, password: str, client: str, device: str
) -> Account:
    """`client` is the address of the client, `device` the token of its browser. Raises
    NotRecognised or TooMany."""
    address = same_email(email)
    account = await store.find_account_by_email(documents, address)
    device_id = tries.device_of(settings, device, account.id if account else None)
    names = await tries.count(documents, settings, tries.Guess(address, client, device_id))
    is_right = await passwords.fits(account.password_hash if account else None, password)
    if account is None or not is_right or not account.may_work:
        raise _not_recognised()
    await tries.forgive(documents, names)
    return account


async def open_session(tx: Transaction, account: Account, hours: float) -> tuple[Staff, str]:
    """Returns the secret that renews its tokens too. Raises NotRecognised if the account was
    blocked, or its password changed, since it was read."""
    if not await store.hold_account(tx, account):
        raise _not_recognised()
    secret = secrets.token_urlsafe(SECRET_BYTES)
    expires_at = clock.real_now() + timedelta(hours=hours)
    session = StaffSession(tx.new_id(), account.id, _digest(secret), expires_at)
    await store.add_session(tx, session)
    return Staff(account.id, account.roles, session.id), secret


async def renew(documents: Documents, secret: str) -> Staff | None:
    """None when the session is over or the account not active."""
    session = await store.find_session_by_secret(documents, _digest(secret))
    if session is None or session.expires_at <= clock.real_now():
        return None
    account = await store.find_account(documents, session.staff_id)
    if account is None or not account.may_work:
        return None
    return Staff(account.id, account.roles, session.id)


async def sign_out(tx: Transaction, staff: Staff) -> None:
    """Publishes the revocation, so that all services refuse its tokens."""
    account = await store.find_account(tx, staff.staff_id)
    await store.remove_sessions(tx, [staff.session_id])
    if account is None:
        return
    ended = account.with_ended([staff.session_id], clock.real_now() + account_states.TOKENS_LAST)
    await account_states.save(tx, ended, StaffSessionRevoked)


async def sign_out_everywhere(tx: Transaction, staff: Staff) -> None:
    """This session and all others of the account. Raises NotFound."""
    account = await account_states.end_sessions(tx, await account_states.get(tx, staff.staff_id))
    await account_states.save(tx, account, StaffSessionRevoked)


def _not_recognised() -> NotRecognised:
    return NotRecognised("This e-mail address and password do not belong together.")


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()

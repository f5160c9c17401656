"""Staff accounts: the first account, sign-in and sign-out, and tokens of ten minutes.
A refused sign-in has one message for all reasons."""

import asyncio
import hashlib
import secrets
from dataclasses import replace
from datetime import timedelta
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error
from doorpakken_events.staff import RevokedSession, StaffChanged, StaffSessionRevoked, StaffState
from doorpakken_plumbing.http.errors import Unauthorised
from doorpakken_plumbing.identity import revocations
from doorpakken_plumbing.identity.staff import EVERYWHERE, TOKEN_SECONDS, Staff
from doorpakken_plumbing.messaging.transaction import Transact, Transaction
from doorpakken_plumbing.mongo.database import Documents
from doorpakken_plumbing.texts.mail_addresses import same_email
from doorpakken_plumbing.time import clock

from doorpakken_registration.settings import Settings
from doorpakken_registration.staff import sign_in_tries as tries
from doorpakken_registration.staff.model.staff import Account, EndedSession, StaffSession
from doorpakken_registration.staff.store import staff as store

FIRST_ROLES = {EVERYWHERE: "administrator"}
SECRET_BYTES = 32

_hasher = PasswordHasher()


class NotRecognised(Unauthorised):
    """The address and the password do not belong together."""

    slug = "sign-in-refused"
    dutch = "E-mailadres en wachtwoord horen niet bij elkaar."


class NoFirstPassword(RuntimeError):
    """There is no account yet, and no password to make the first one."""


async def make_first_account(transact: Transact, settings: Settings) -> None:
    """Does nothing when there is an account; raises NoFirstPassword."""
    password = settings.first_staff_password

    async def work(tx: Transaction) -> None:
        if await store.has_staff(tx):
            return
        if password is None:
            raise NoFirstPassword("no staff account yet: set FIRST_STAFF_PASSWORD")
        password_hash = await asyncio.to_thread(_hasher.hash, password.get_secret_value())
        email = settings.first_staff_email
        account = Account(tx.new_id(), 1, email, password_hash, FIRST_ROLES, True)
        await store.put_account(tx, account)
        tx.publish(_event(StaffChanged, account), account.version)

    await transact(work)


async def sign_in(
    documents: Documents, settings: Settings, email: str, password: str, client: str, device: str
) -> Account:
    """`client` is the address of the client, `device` the token of its browser. Raises
    NotRecognised or TooMany."""
    address = same_email(email)
    account = await store.find_account_by_email(documents, address)
    device_id = tries.device_of(settings, device, account.id if account else None)
    names = await tries.count(documents, settings, tries.Guess(address, client, device_id))
    known_hash = account.password_hash if account else None
    is_right = await asyncio.to_thread(_fits, known_hash, password)
    if account is None or not is_right or not account.active:
        raise NotRecognised("This e-mail address and password do not belong together.")
    await tries.forgive(documents, names)
    return account


async def open_session(tx: Transaction, account: Account, hours: float) -> tuple[Staff, str]:
    """Returns the secret that renews its tokens too."""
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
    if account is None or not account.active:
        return None
    return Staff(account.id, account.roles, session.id)


async def sign_out(tx: Transaction, staff: Staff) -> None:
    """Publishes the revocation, so that all services refuse its tokens."""
    account = await store.find_account(tx, staff.staff_id)
    await store.remove_session(tx, staff.session_id)
    if account is None:
        return
    now = clock.real_now()
    kept = [one for one in account.revoked_sessions if one.until > now]
    ended = EndedSession(staff.session_id, now + timedelta(seconds=TOKEN_SECONDS))
    account = replace(account, version=account.version + 1, revoked_sessions=(*kept, ended))
    await store.put_account(tx, account)
    said = _event(StaffSessionRevoked, account)
    await revocations.fold(tx, said)
    tx.publish(said, account.version)


def _fits(known_hash: str | None, password: str) -> bool:
    """Takes as long for an unknown address, so that timing does not tell who is staff."""
    try:
        return _hasher.verify(known_hash or _nobodys_hash(), password)
    except Argon2Error:
        return False


@cache
def _nobodys_hash() -> str:
    return _hasher.hash(secrets.token_hex(SECRET_BYTES))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _event(kind: type[StaffState], account: Account) -> StaffState:
    return kind(
        staff_id=account.id,
        active=account.active,
        roles=account.roles,
        revoked_sessions=tuple(
            RevokedSession(session_id=one.session_id, until=one.until)
            for one in account.revoked_sessions
        ),
    )

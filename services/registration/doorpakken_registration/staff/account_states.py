"""Keeps the next state of a staff account and publishes it; ends or replaces its sessions, so that
tokens issued before are refused."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from doorpakken_events.staff import RevokedSession, StaffChanged, StaffState
from doorpakken_plumbing.http.errors import NotFound
from doorpakken_plumbing.identity import revocations
from doorpakken_plumbing.identity.staff import TOKEN_SECONDS
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import Documents
from doorpakken_plumbing.time import clock

from doorpakken_registration.staff.model.staff import Account, StaffSession
from doorpakken_registration.staff.store import staff as store

# A token that is being issued at this moment is refused as well.
TOKENS_LAST = timedelta(seconds=TOKEN_SECONDS + 60)


async def get(documents: Documents, staff_id: str) -> Account:
    found = await store.find_account(documents, staff_id)
    if found is None:
        raise NotFound("There is no staff account with this id.")
    return found


async def save(tx: Transaction, account: Account, said: type[StaffState] = StaffChanged) -> Account:
    """As its next version."""
    after = account.next_state(clock.real_now())
    await store.put_account(tx, after)
    event = event_of(said, after)
    await revocations.fold(tx, event)
    tx.publish(event, after.version)
    return after


async def end_sessions(tx: Transaction, account: Account, *, keep: str = "") -> Account:
    """All but the one with the id `keep`; the caller saves the account."""
    found = await store.list_sessions(tx, account.id)
    return await _end(tx, account, [one for one in found if one.id != keep])


async def replace_sessions(tx: Transaction, account: Account) -> Account:
    """For new roles: refuses the tokens of now, while browsers renew theirs and stay signed in. The
    caller saves the account."""
    found = await store.list_sessions(tx, account.id)
    account = await _end(tx, account, found)
    for one in found:
        await store.add_session(tx, replace(one, id=tx.new_id()))
    return account


async def set_password(
    tx: Transaction, account: Account, password_hash: str, *, keep: str = ""
) -> Account:
    """Ends all sessions but the one with the id `keep`."""
    ended = await end_sessions(tx, account, keep=keep)
    return await save(tx, replace(ended, password_hash=password_hash))


async def _end(tx: Transaction, account: Account, ended: Sequence[StaffSession]) -> Account:
    ids = [one.id for one in ended]
    await store.remove_sessions(tx, ids)
    return account.with_ended(ids, clock.real_now() + TOKENS_LAST)


def event_of(kind: type[StaffState], account: Account) -> StaffState:
    return kind(
        staff_id=account.id,
        person_id=account.person_id or None,
        active=account.may_work,
        roles=dict(account.roles),
        revoked_sessions=tuple(
            RevokedSession(session_id=one.session_id, until=one.until)
            for one in account.revoked_sessions
        ),
    )

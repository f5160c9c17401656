"""Staff sessions and accounts that were ended early, kept as long as a token could be valid.
This module only reports; a database error is never taken for permission."""

import time
from datetime import timedelta

from doorpakken_events.staff import StaffChanged, StaffSessionRevoked, StaffState

from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import ASCENDING, Documents, Index, UpdateOne
from doorpakken_plumbing.time import clock

REVOCATIONS = "staff_revocations"
INDEXES = (Index(REVOCATIONS, [("until", ASCENDING)], expire_after_seconds=0),)

REREAD_SECONDS = 1.0
# Longer than the lifetime of a token; a deactivated account gets no new one.
ACCOUNT_KEPT = timedelta(hours=1)


class Revocations:
    """The revocations in this service's database, read again when older than a second."""

    def __init__(self, documents: Documents) -> None:
        self._documents = documents
        self._revoked: frozenset[str] = frozenset()
        self._read_at = float("-inf")

    async def hold(self, session_id: str, staff_id: str) -> bool:
        """Whether the session or the account was ended early."""
        if time.monotonic() - self._read_at > REREAD_SECONDS:
            rows = await self._documents[REVOCATIONS].find({}, projection={"_id": 1})
            self._revoked = frozenset(row["_id"] for row in rows)
            self._read_at = time.monotonic()
        return bool(self._revoked & {_session(session_id), _account(staff_id)})


async def fold(tx: Transaction, staff: StaffState) -> None:
    """Stores the ended sessions of a new staff state, and whether the account is active."""
    account = _account(staff.staff_id)
    ended = {_session(one.session_id): one.until for one in staff.revoked_sessions}
    if staff.active:
        await tx[REVOCATIONS].delete_one({"_id": account})
    else:
        ended[account] = clock.real_now() + ACCOUNT_KEPT
    await tx[REVOCATIONS].bulk_write(
        [
            UpdateOne({"_id": name}, {"$set": {"until": until}}, upsert=True)
            for name, until in ended.items()
        ]
    )


async def end_account(tx: Transaction, staff_id: str) -> None:
    """For an account that was deleted."""
    until = clock.real_now() + ACCOUNT_KEPT
    await tx[REVOCATIONS].update_one(
        {"_id": _account(staff_id)}, {"$set": {"until": until}}, upsert=True
    )


def _session(session_id: str) -> str:
    return f"session/{session_id}"


def _account(staff_id: str) -> str:
    return f"account/{staff_id}"


EVENTS = (StaffChanged, StaffSessionRevoked)

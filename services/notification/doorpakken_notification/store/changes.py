"""What one transaction changes in the ledger of owed mails, written at once.
What is owed is decided above."""

from datetime import datetime

from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import DeleteOne, Document, InsertOne, UpdateOne, Write

from doorpakken_notification.model.rows import OwedRow
from doorpakken_notification.store.rows import ROWS


class Changes:
    """What changes in the ledger, written at once however many rows it is about."""

    def __init__(self) -> None:
        self._writes: list[Write] = []

    def add(self, wanted: OwedRow, *, priority: int, now: datetime) -> Document:
        """Adds what is owed for the first time."""
        row: Document = {
            "_id": wanted.key,
            "version": 0,
            "mail_id": wanted.mail_id,
            "kind": wanted.kind,
            "state": str(wanted.state),
            "reason": wanted.reason,
            "gathering_id": wanted.gathering_id,
            "attendee_id": wanted.attendee_id,
            "person_id": wanted.person_id,
            "wave_id": wanted.wave_id,
            "object_id": wanted.object_id,
            "session_version": wanted.session_version,
            "priority": priority,
            "attempt": 0,
            "waits_for": None,
            "due_at": now,
            "owed_at": now,
        }
        self._writes.append(InsertOne(row))
        return row

    def set_fields(self, key: str, fields: Document) -> None:
        """Changes fields of one row."""
        self._writes.append(UpdateOne({"_id": key}, {"$set": fields}))

    def remove(self, key: str) -> None:
        """Takes out what is not owed any more and was never tried."""
        self._writes.append(DeleteOne({"_id": key}))

    async def save(self, tx: Transaction) -> None:
        """Writes all of it, in its order."""
        await tx[ROWS].bulk_write(self._writes)

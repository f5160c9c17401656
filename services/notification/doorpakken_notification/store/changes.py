"""Collects what one transaction changes in the ledger, and writes it at once. Callers decide what
is owed."""

from datetime import datetime

from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import DeleteOne, Document, InsertOne, UpdateOne, Write

from doorpakken_notification.model.mail import OwedMail
from doorpakken_notification.store.mails import MAILS


class Changes:
    """Changes to the ledger, written at once for any number of rows."""

    def __init__(self) -> None:
        self._writes: list[Write] = []

    def add(self, wanted: OwedMail, *, priority: int, now: datetime) -> Document:
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
        self._writes.append(UpdateOne({"_id": key}, {"$set": fields}))

    def remove(self, key: str) -> None:
        self._writes.append(DeleteOne({"_id": key}))

    async def save(self, tx: Transaction) -> None:
        await tx[MAILS].bulk_write(self._writes)

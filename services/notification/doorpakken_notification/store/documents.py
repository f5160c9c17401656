"""Converts mails to and from documents of the collection `mails`, with the key as `_id`. Ignores
fields that only queries and updates use."""

from collections.abc import Iterable
from typing import Any

from doorpakken_plumbing.mongo.database import ASCENDING, Document
from pydantic import TypeAdapter

from doorpakken_notification.model.calendar_notices import CalendarEntry
from doorpakken_notification.model.mail import Called, Mail
from doorpakken_notification.model.mail_states import MOVES, Cause, State

MAILS = "mails"
# The bytes are large, and only a sender needs them.
WITHOUT_CONTENT = {"content": 0}
# For work that must not depend on whether what a mail told a calendar can be read.
WITHOUT_TOLD = {"content": 0, "told": 0}
DUE_ORDER = [("priority", ASCENDING), ("due_at", ASCENDING)]

_MAIL = TypeAdapter(Mail)
_TOLD = TypeAdapter(CalendarEntry)


def mail_of(document: Document) -> Mail:
    """Raises ValueError for a document that is no mail."""
    return _MAIL.validate_python({**document, "key": document["_id"]})


def mails_of(documents: Iterable[Document]) -> list[Mail]:
    return [mail_of(document) for document in documents]


def told_fields(told: CalendarEntry | None) -> Document | None:
    """Times as ISO text: a BSON date would cut microseconds, and a cut time looks like a change."""
    if told is None:
        return None
    fields: Document = _TOLD.dump_python(told, mode="json")
    return fields


def called_fields(called: Called | None) -> Document | None:
    return vars(called) if called else None


def states_before(cause: Cause, after: State) -> Any:
    states = MOVES.before(cause, after)
    return states[0] if len(states) == 1 else {"$in": states}


def fields_of(mail: Mail) -> Document:
    fields: Document = _MAIL.dump_python(mail, exclude={"key", "lease"})
    return fields | {"told": told_fields(mail.told)}


def update_of(before: Mail, after: Mail, cause: Cause) -> tuple[Document, Document]:
    """The filter of an update that makes one mail the other, and the fields that differ. Raises
    ForbiddenMove."""
    state: Any = before.state
    if after.state is not before.state:
        MOVES.require(cause, before.state, after.state)
        state = states_before(cause, after.state)
    old, new = fields_of(before), fields_of(after)
    fields = {name: value for name, value in new.items() if value != old[name]}
    return {"_id": before.key, "state": state}, fields

"""Converts what an attendee's calendar was sent between ledger rows and the model. Skips rows whose
mail certainly did not arrive."""

from collections.abc import Iterable

from doorpakken_plumbing.mongo.database import Document
from pydantic import TypeAdapter

from doorpakken_notification.model.calendar_notices import PERHAPS_ARRIVED, Moment, Told
from doorpakken_notification.model.mail import State

_MOMENT = TypeAdapter(Moment)


def fields_of(session_id: str, sequence: int, moment: Moment) -> Document:
    said = _MOMENT.dump_python(moment, mode="json")
    return {"session_id": session_id, "sequence": sequence, "moment": said}


def has_told(row: Document) -> bool:
    is_gone = State(row["state"]) in PERHAPS_ARRIVED or bool(row.get("is_doubtful"))
    return is_gone and bool(row.get("told"))


def read(rows: Iterable[Document]) -> tuple[Told, ...]:
    return tuple(
        Told(
            key=row["_id"],
            kind=row["kind"],
            sign_up_id=row["object_id"],
            session_id=row["told"]["session_id"],
            sequence=row["told"]["sequence"],
            moment=_MOMENT.validate_python(row["told"]["moment"]),
        )
        for row in rows
        if has_told(row)
    )

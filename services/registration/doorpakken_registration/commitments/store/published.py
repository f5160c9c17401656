"""Promises as public pages need them, from the collection `commitments`: their few fields, read
fast and without what nobody may read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from doorpakken_events import states
from doorpakken_plumbing.mongo.database import ASCENDING, Document, Documents

_FIELDS = (
    "pitch_id",
    "need_id",
    "state",
    "amount",
    "delivered_amount",
    "confirmed_amount",
    "due",
    "replans",
    "accepted_at",
    "publication",
    "organisation_id",
    "person_id",
    "history.what",
    "history.by",
    "history.words",
)
# What its owner never said yes to is nobody's to read.
_ANSWERED = [one for one in states.Commitment if one not in ("proposed", "consulting")]


@dataclass(frozen=True)
class PromiseRow:
    """One promise toward a need. `is_agreed` says that its owner chose, in the words they read, to
    be named."""

    pitch_id: str
    need_id: str
    state: str
    amount: int
    done: int
    due: date
    replans: int
    was_accepted: bool
    organisation_id: str | None
    person_id: str | None
    is_with_name: bool
    is_agreed: bool


async def list_toward(documents: Documents, needs: Document) -> list[PromiseRow]:
    """`needs` says of which gathering or pitch; oldest first."""
    found = await documents["commitments"].find(
        {**needs, "state": {"$in": _ANSWERED}},
        projection=dict.fromkeys(_FIELDS, 1),
        sort=[("made_at", ASCENDING), ("_id", ASCENDING)],
    )
    return [_row(one) for one in found if one["need_id"]]


def _row(one: Document) -> PromiseRow:
    return PromiseRow(
        pitch_id=one["pitch_id"],
        need_id=one["need_id"],
        state=one["state"],
        amount=one["amount"] or 0,
        done=one["confirmed_amount"] or one["delivered_amount"] or 0,
        due=date.fromisoformat(one["due"]),
        replans=one["replans"],
        was_accepted=one["accepted_at"] is not None,
        organisation_id=one["organisation_id"],
        person_id=one["person_id"],
        is_with_name=one["publication"] == "with_name",
        is_agreed=_has_agreed(one["person_id"], one["history"]),
    )


def _has_agreed(person_id: str | None, history: Iterable[Document]) -> bool:
    said = [one for one in history if one["what"] == "published" and one.get("words")]
    return bool(said) and said[-1].get("by") == person_id

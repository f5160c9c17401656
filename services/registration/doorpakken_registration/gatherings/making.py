"""Makes a gathering from five fields, after another one where it continues that: the periods follow
from its day, programme and questions are copied."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from doorpakken_plumbing.http.idempotency import StoredResponse
from doorpakken_plumbing.identity import acts
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.time import clock

from doorpakken_registration.gatherings import gatherings
from doorpakken_registration.gatherings.model.gathering import LOCAL, Gathering, ProgrammeItem
from doorpakken_registration.gatherings.model.windows import windows_of

COPIED = ("ambition", "theme", "capacity")


async def make(
    tx: Transaction, fields: Mapping[str, Any], continues: str | None, staff_id: str
) -> StoredResponse:
    """201 with the id of a draft. Raises NotFound or Invalid."""
    starts_at, ends_at = fields["starts_at"], fields["ends_at"]
    periods = {"registration_opens_at": None, "capacity": None, "ambition": ""}
    whole = {**periods, **windows_of(starts_at, ends_at, clock.now()), **fields}
    if continues:
        before = await gatherings.get(tx, continues)
        whole |= {name: getattr(before, name) for name in COPIED}
        whole |= {
            "continues": before.id,
            "questions": tuple(replace(one, question_id=tx.new_id()) for one in before.questions),
            "programme": _programme(before, starts_at, ends_at),
        }
    made = await gatherings.create(tx, whole)
    await acts.note(tx, staff_id, "gathering_made", made.id, gathering_id=made.id)
    return StoredResponse(201, {"id": made.id})


def _programme(
    before: Gathering, starts_at: datetime, ends_at: datetime
) -> tuple[ProgrammeItem, ...]:
    """At the same times of the same day of the gathering, without what falls outside it."""
    days = starts_at.astimezone(LOCAL).date() - before.starts_at.astimezone(LOCAL).date()
    moved = [replace(one, starts_at=_later(one.starts_at, days)) for one in before.programme]
    return tuple(one for one in moved if starts_at <= one.starts_at < ends_at)


def _later(moment: datetime, days: timedelta) -> datetime:
    """The same time on the clock, also over a change of the clock."""
    here = moment.astimezone(LOCAL).replace(tzinfo=None) + days
    return here.replace(tzinfo=LOCAL).astimezone(moment.tzinfo)

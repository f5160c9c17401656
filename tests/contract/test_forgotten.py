"""A service that heard of a person in every event there is keeps nothing of them once they are
erased: a collection with an id of theirs that its erasure leaves out is found here."""

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest
import pytest_asyncio
from doorpakken_events.erasure import PersonErased
from doorpakken_events.golden import EXAMPLES
from doorpakken_events.golden.example import Example, at, id_at
from doorpakken_local.system import System

from tests.contract.hearers import HEARERS, Ear, Hearer, hears

WHEN = at(7, 9)
PERSON, ATTENDEE = id_at(WHEN, 9001), id_at(WHEN, 9002)
# Fields with the id of a person or an attendee, alone or in a list.
THEIRS: dict[str, Any] = {
    "person_id": PERSON,
    "from_person_id": PERSON,
    "host": PERSON,
    "pitchers": (PERSON,),
    "attendee_id": ATTENDEE,
}
ERASED = Example(PersonErased(person_id=PERSON, erased_at=WHEN), 1, WHEN, 9003)
# The plumbing keeps ids of what it heard and of who is erased, for good.
MARKS = {"inbox", "guards", "erased"}
# Registration erases at the door; `test_kept.py` there looks at it.
BY_EVENT = [one for one in HEARERS if PersonErased in one.events]


@pytest_asyncio.fixture(params=BY_EVENT, ids=lambda of: of.name)
async def ear(request: pytest.FixtureRequest, infrastructure: System) -> AsyncIterator[Ear]:
    of: Hearer = request.param
    async with Ear(of, infrastructure.access.mongodb_admin_uri, f"{of.name}_forgotten") as ear:
        await ear.forget_all()
        yield ear


async def test_nothing_of_a_person_is_left(ear: Ear) -> None:
    about = [one for one in map(about_them, EXAMPLES) if one and hears(ear.of, one)]
    await ear.hear(about)
    before = await collections_with_them(ear)
    assert before, "it keeps something of a person"
    await ear.hear([ERASED])
    assert await collections_with_them(ear) == set(), f"kept before: {before}"


def about_them(example: Example) -> Example | None:
    """The example as if it were about that person; None where it names nobody."""
    fields = THEIRS.keys() & type(example.event).model_fields.keys()
    if not fields or isinstance(example.event, PersonErased):
        return None
    theirs = {name: THEIRS[name] for name in fields if getattr(example.event, name)}
    return replace(example, event=example.event.model_copy(update=theirs)) if theirs else None


async def collections_with_them(ear: Ear) -> set[str]:
    rows = {name: found for name, found in (await ear.rows()).items() if name not in MARKS}
    # A tombstone says the id alone; what registers that they are erased says it too.
    said = [row for row in rows.pop("outbox", []) if row["payload"] and row["key"] != PERSON]
    rows["outbox"] = [row for row in said if row["aggregate"] != "erasure-answer"]
    # Reporting empties a row and keeps its id with the version, so that nothing old fills it again.
    return {
        name
        for name, found in rows.items()
        for row in found
        if row.get("data", row) is not None and (PERSON in repr(row) or ATTENDEE in repr(row))
    }

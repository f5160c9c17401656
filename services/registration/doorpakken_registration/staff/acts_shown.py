"""Acts of staff as staff read them: with the names of who did it and of whom it was for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from doorpakken_plumbing.mongo.database import Documents

from doorpakken_registration.common.model.act import Act
from doorpakken_registration.common.store import acts as store
from doorpakken_registration.people.store import persons as persons_store
from doorpakken_registration.staff.store import staff as staff_store

SHOWN_MAX = 100


@dataclass(frozen=True)
class Line:
    """`who` is empty when the account is gone, `whom` when it was for nobody in particular."""

    at: datetime
    who: str
    did: str
    whom: str


async def on_object(documents: Documents, object_id: str) -> list[Line]:
    return await _lines(documents, await store.list_acts_on(documents, object_id, SHOWN_MAX))


async def for_person(documents: Documents, person_id: str) -> list[Line]:
    return await _lines(documents, await store.list_acts_for(documents, person_id, SHOWN_MAX))


async def at_gathering(documents: Documents, gathering_id: str) -> list[Line]:
    return await _lines(documents, await store.list_acts_at(documents, gathering_id, SHOWN_MAX))


async def _lines(documents: Documents, acts: Sequence[Act]) -> list[Line]:
    ids = {one.staff_id for one in acts if one.staff_id}
    accounts = await staff_store.list_accounts(documents, ids)
    theirs = {one.id: one.person_id for one in accounts}
    wanted = {*theirs.values(), *(one.person_id for one in acts if one.person_id)}
    names = {one.id: one.name for one in await persons_store.list_persons(documents, wanted)}
    return [
        Line(
            at=one.at,
            who=names.get(theirs.get(one.staff_id or "", ""), ""),
            did=one.did,
            whom=names.get(one.person_id or "", ""),
        )
        for one in acts
    ]

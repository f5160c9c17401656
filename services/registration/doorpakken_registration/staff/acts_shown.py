"""Acts of staff as staff read them, with the names that registration knows."""

from collections.abc import Iterable, Mapping, Sequence

from doorpakken_pages.acts import Line, lines_of
from doorpakken_plumbing.identity import acts
from doorpakken_plumbing.identity.acts import Act
from doorpakken_plumbing.mongo.database import Documents

from doorpakken_registration.people.store import persons as persons_store
from doorpakken_registration.staff.store import staff as staff_store


async def on_object(documents: Documents, object_id: str) -> list[Line]:
    return await _lines(documents, await acts.list_on(documents, [object_id]))


async def on_all(documents: Documents, titles: Mapping[str, str]) -> list[Line]:
    """`titles` of the objects by their ids."""
    return await _lines(documents, await acts.list_on(documents, titles), titles)


async def for_person(documents: Documents, person_id: str) -> list[Line]:
    return await _lines(documents, await acts.list_for(documents, person_id))


async def at_gathering(documents: Documents, gathering_id: str) -> list[Line]:
    return await _lines(documents, await acts.list_at(documents, [gathering_id]))


async def _lines(
    documents: Documents, found: Sequence[Act], titles: Mapping[str, str] | None = None
) -> list[Line]:
    return lines_of(found, await _names(documents, found), titles)


async def _names(documents: Documents, found: Iterable[Act]) -> dict[str, str]:
    """By staff id and by person id."""
    known = [*found]
    ids = {one.staff_id for one in known if one.staff_id}
    accounts = await staff_store.list_accounts(documents, ids)
    theirs = {one.id: one.person_id for one in accounts}
    wanted = {*theirs.values(), *(one.person_id for one in known if one.person_id)}
    names = {one.id: one.name for one in await persons_store.list_persons(documents, wanted)}
    return names | {key: names[one] for key, one in theirs.items() if one in names}

"""The participants of a gathering for staff: those with a state and kind, found by name or address,
and whom to telephone because they have no e-mail. Read only."""

from collections.abc import AsyncIterator

from doorpakken_plumbing.mongo.database import Documents

from doorpakken_registration.attendance import attendee_lists
from doorpakken_registration.attendance.store import door as store
from doorpakken_registration.common.model.search import words_of
from doorpakken_registration.common.store.paging import Page, Part
from doorpakken_registration.gatherings.store import attendees as attendees_store

Row = dict[str, object]
FOUND_MAX = 200
AT_ONCE = 500


async def page(
    documents: Documents, gathering_id: str, search: str, part: Part, **fields: str | None
) -> Page[Row]:
    """A search gives the first FOUND_MAX as one part."""
    if not words_of(search):
        return await attendee_lists.page(documents, gathering_id, part, **fields)
    ids = await store.list_ids_named(documents, gathering_id, words_of(search), FOUND_MAX)
    found = [
        one
        for one in await attendees_store.list_attendees(documents, ids)
        if all(value is None or getattr(one, name) == value for name, value in fields.items())
    ]
    found.sort(key=lambda one: (one.registered_at, one.id))
    return Page(await attendee_lists.list_shown(documents, gathering_id, found), None)


async def everybody(
    documents: Documents, gathering_id: str, **fields: str | None
) -> AsyncIterator[Row]:
    """In order of registration; reads some at a time."""
    part = Part(AT_ONCE)
    while True:
        found = await attendee_lists.page(documents, gathering_id, part, **fields)
        for row in found.items:
            yield row
        if found.last is None:
            return
        part = Part(AT_ONCE, found.last)


async def list_to_call(documents: Documents, gathering_id: str) -> list[Row]:
    """Who did not cancel and has no e-mail address, sorted by name."""
    rows = [
        one
        async for one in everybody(documents, gathering_id)
        if one["state"] != "cancelled" and not one["email"]
    ]
    return sorted(rows, key=lambda one: str(one["name"]).casefold())

"""Acts of staff as staff read them, with the names that matching knows."""

from collections.abc import Mapping, Sequence

from doorpakken_events.registration import PersonContact
from doorpakken_pages.acts import Line, lines_of
from doorpakken_plumbing.identity import acts, colleagues
from doorpakken_plumbing.identity.acts import Act
from doorpakken_plumbing.mongo.database import Document, Documents

PLACES = ("room", "slot")
DONE = ("added", "changed", "removed")
ABOUT_PLACES = tuple(f"{one}_{done}" for one in PLACES for done in DONE)


async def on_plan(docs: Documents, plan: Document) -> list[Line]:
    """Also what was done to its sessions, with their titles."""
    titles = {one["session_id"]: one["title"] for one in plan["sessions"]}
    return await _lines(docs, await acts.list_on(docs, [plan["_id"], *titles]), titles)


async def on_place(docs: Documents, place_id: str) -> list[Line]:
    return await _lines(docs, await acts.list_on(docs, [place_id]), {})


async def on_places(docs: Documents, gathering_id: str, titles: Mapping[str, str]) -> list[Line]:
    """Those of rooms and slots that are gone too; `titles` by their ids."""
    return await _lines(docs, await acts.list_at(docs, [gathering_id], ABOUT_PLACES), titles)


async def _lines(docs: Documents, found: Sequence[Act], titles: Mapping[str, str]) -> list[Line]:
    return lines_of(found, await colleagues.names_in(docs, found, PersonContact), titles)

"""The door of a gathering: who is expected, found by code or by name. Two people may, though hardly
ever, have the same code; then nobody is chosen for staff. Codes are kept beside the attendee once
somebody is looked up by one, so that nobody else is read for it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from doorpakken_events import states
from doorpakken_plumbing.identity.door_codes import door_codes, read_code
from doorpakken_plumbing.identity.links import LinkKeys
from doorpakken_plumbing.mongo.database import Documents

from doorpakken_registration.attendance.store import door as store
from doorpakken_registration.common.model.names import key_of
from doorpakken_registration.common.model.search import plain, words_in, words_of
from doorpakken_registration.gatherings.model.attendee import Attendee

FOUND_MAX = 20


@dataclass(frozen=True)
class Expected:
    """Somebody at a gathering as the door sees them. Codes are made only where they are asked for:
    a search by name needs none."""

    attendee_id: str
    name: str
    kind: str
    state: states.Attendee
    keys: LinkKeys

    @property
    def codes(self) -> tuple[str, ...]:
        """That of the key that signs first."""
        return door_codes(self.keys, self.attendee_id)

    @property
    def code(self) -> str:
        return self.codes[0]

    @property
    def is_inside(self) -> bool:
        return self.state is states.Attendee.CHECKED_IN

    @property
    def is_cancelled(self) -> bool:
        return self.state is states.Attendee.CANCELLED


async def list_everybody(documents: Documents, keys: LinkKeys, gathering_id: str) -> list[Expected]:
    """Also who cancelled; sorted by name."""
    return await _named(documents, keys, await store.list_rows(documents, gathering_id))


async def list_expected(documents: Documents, keys: LinkKeys, gathering_id: str) -> list[Expected]:
    everybody = await list_everybody(documents, keys, gathering_id)
    return [one for one in everybody if not one.is_cancelled]


async def find(documents: Documents, keys: LinkKeys, attendee: Attendee) -> Expected | None:
    """None for somebody who was erased meanwhile."""
    row = {"_id": attendee.id, **vars(attendee)}
    return next(iter(await _named(documents, keys, [row])), None)


async def by_code(
    documents: Documents, keys: LinkKeys, gathering_id: str, typed: Iterable[str]
) -> dict[str, list[Expected]]:
    """Who has each of these codes, by the code as it was typed; also who cancelled."""
    codes = {one: code for one in typed if (code := read_code(one))}
    if not codes:
        return {}
    await _keep_codes(documents, keys, gathering_id)
    rows = await store.list_rows_with_code(documents, gathering_id, [*codes.values()])
    found = await _named(documents, keys, rows)
    return {one: [who for who in found if code in who.codes] for one, code in codes.items()}


async def search(
    documents: Documents, keys: LinkKeys, gathering_id: str, typed: str
) -> list[Expected]:
    """Whose code it is, or else whose name has words that begin like these; none who cancelled."""
    theirs = (await by_code(documents, keys, gathering_id, [typed])).get(typed, [])
    if expected := [one for one in theirs if not one.is_cancelled]:
        return expected
    wanted = words_of(typed)
    if not wanted:
        return []
    everybody = await list_expected(documents, keys, gathering_id)
    return [one for one in everybody if _is_named(one, wanted)][:FOUND_MAX]


async def _keep_codes(documents: Documents, keys: LinkKeys, gathering_id: str) -> None:
    """Of all at first, and then of those who were written since: each change of an attendee drops
    their codes, and other keys drop all."""
    mark = " ".join(door_codes(keys, ""))
    missing = await store.list_without_codes(documents, gathering_id, mark)
    await store.keep_codes(documents, {one: door_codes(keys, one) for one in missing}, mark)


async def _named(
    documents: Documents, keys: LinkKeys, rows: Sequence[Mapping[str, Any]]
) -> list[Expected]:
    names = await store.list_names(documents, (one["person_id"] for one in rows))
    found = [
        Expected(
            attendee_id=one["_id"],
            name=names[one["person_id"]],
            kind=one["kind"],
            state=states.Attendee(one["state"]),
            keys=keys,
        )
        for one in rows
        if one["person_id"] in names
    ]
    return sorted(found, key=lambda one: (one.name.casefold(), one.attendee_id))


def _is_named(one: Expected, wanted: Sequence[str]) -> bool:
    name = plain(key_of(one.name))
    # Most names have not even the letters, which is quicker to see.
    if not all(begin in name for begin in wanted):
        return False
    words = words_in([name])
    return all(any(word.startswith(begin) for word in words) for begin in wanted)

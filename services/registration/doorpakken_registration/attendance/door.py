"""The door of a gathering: who is expected, found by code or by name. Read only. Two people may,
though hardly ever, have the same code; then nobody is chosen for staff."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from doorpakken_events import states
from doorpakken_plumbing.identity.door_codes import door_codes, read_code
from doorpakken_plumbing.identity.links import LinkKeys
from doorpakken_plumbing.mongo.database import Documents

from doorpakken_registration.attendance.store import door as store
from doorpakken_registration.common.model.names import key_of
from doorpakken_registration.common.model.search import plain, words_in, words_of

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
    rows = await store.list_rows(documents, gathering_id)
    names = await store.list_names(documents, (one["person_id"] for one in rows))
    everybody = [
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
    return sorted(everybody, key=lambda one: (one.name.casefold(), one.attendee_id))


async def list_expected(documents: Documents, keys: LinkKeys, gathering_id: str) -> list[Expected]:
    everybody = await list_everybody(documents, keys, gathering_id)
    return [one for one in everybody if not one.is_cancelled]


def by_code(everybody: Iterable[Expected]) -> dict[str, list[Expected]]:
    found: dict[str, list[Expected]] = {}
    for one in everybody:
        for code in dict.fromkeys(one.codes):
            found.setdefault(code, []).append(one)
    return found


def search(everybody: Sequence[Expected], typed: str) -> list[Expected]:
    """Whose code it is, or else whose name has words that begin like these."""
    code = read_code(typed)
    if code and (theirs := by_code(everybody).get(code)):
        return theirs
    wanted = words_of(typed)
    if not wanted:
        return []
    return [one for one in everybody if _is_named(one, wanted)][:FOUND_MAX]


def _is_named(one: Expected, wanted: Sequence[str]) -> bool:
    name = plain(key_of(one.name))
    # Most names have not even the letters, which is quicker to see.
    if not all(begin in name for begin in wanted):
        return False
    words = words_in([name])
    return all(any(word.startswith(begin) for word in words) for begin in wanted)

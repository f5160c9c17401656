"""What staff did as staff read it (`acts.html`): with the names of who did it, and of to what and
for whom."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from doorpakken_plumbing.identity.acts import Act


@dataclass(frozen=True)
class Line:
    """`who` is empty when the name is not known here; `is_former` when the account is gone."""

    at: datetime
    did: str
    who: str
    is_former: bool
    about: tuple[str, ...]


def lines_of(
    found: Iterable[Act], names: Mapping[str, str], titles: Mapping[str, str] | None = None
) -> list[Line]:
    """`names` are those of staff and of people, by id; `titles` those of what was changed."""
    of = titles or {}
    return [
        Line(
            at=one.at,
            did=one.did,
            who=names.get(one.staff_id or "", ""),
            is_former=one.staff_id is None,
            about=tuple(
                filter(None, (of.get(one.object_id, ""), names.get(one.person_id or "", "")))
            ),
        )
        for one in found
    ]

"""Reads a posted form as text: what was typed comes back on the page when something is wrong.
Refuses files, and to write a password into a page."""

from doorpakken_plumbing.http.errors import Refusal
from fastapi import Request

# Not now, or not by somebody whose link ran out: the same form may be taken a little later.
LATER = (401, 429, 503)
LATER_BY_LINK = ("other-link", "fresh-link-needed")


class FormData:
    """The fields of a form; a field that is not there is empty."""

    def __init__(self, pairs: list[tuple[str, str]]) -> None:
        self._pairs = pairs

    @classmethod
    async def read(cls, request: Request) -> "FormData":
        """What the request carries."""
        form = await request.form()
        return cls([(name, value) for name, value in form.multi_items() if isinstance(value, str)])

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """All fields with their names, as they were sent."""
        return [*self._pairs]

    def one(self, name: str) -> str | None:
        """The text of a field, or None when nothing was filled in."""
        return next((value.strip() for key, value in self._pairs if key == name), "") or None

    def many(self, name: str) -> list[str]:
        """All that was ticked under a name."""
        return [value for key, value in self._pairs if key == name]

    def listed(self, name: str) -> list[str]:
        """The parts of a line with commas."""
        return [part.strip() for part in (self.one(name) or "").split(",") if part.strip()]

    def values(self, *many: str) -> dict[str, str | list[str]]:
        """What to show again; the fields named here can have several values."""
        shown: dict[str, str | list[str]] = dict(self._pairs)
        return shown | {name: self.many(name) for name in many}


async def fields_to_send_again(request: Request, refusal: Refusal) -> list[tuple[str, str]]:
    """The fields of a form that may be taken later; none of one that has a password."""
    is_later = refusal.status in LATER or refusal.slug in LATER_BY_LINK
    if request.method != "POST" or not is_later:
        return []
    form = await FormData.read(request)
    return [] if form.many("password") else form.pairs

"""Reads a posted form as text, so that a page can show the input again after an error.
Leaves out files, and never writes a password into a page."""

from doorpakken_pages.page_route import form_fields
from fastapi import Request


class Mistyped(Exception):
    """Form fields that cannot be parsed."""

    def __init__(self, fields: list[str]) -> None:
        super().__init__(fields)
        self.fields = fields


class FormData:
    """The fields of a form; a missing field counts as empty."""

    def __init__(self, pairs: list[tuple[str, str]]) -> None:
        self._pairs = pairs

    @classmethod
    async def read(cls, request: Request) -> "FormData":
        return cls(await form_fields(request))

    @property
    def pairs(self) -> list[tuple[str, str]]:
        return [*self._pairs]

    def one(self, name: str) -> str | None:
        """Stripped; None if the field is missing or empty."""
        return next((value.strip() for key, value in self._pairs if key == name), "") or None

    def many(self, name: str) -> list[str]:
        return [value for key, value in self._pairs if key == name]

    def listed(self, name: str) -> list[str]:
        return [part.strip() for part in (self.one(name) or "").split(",") if part.strip()]

    def values(self, *many: str) -> dict[str, str | list[str]]:
        shown: dict[str, str | list[str]] = dict(self._pairs)
        return shown | {name: self.many(name) for name in many}

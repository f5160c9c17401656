"""Rows of a form, of which each has the same fields: `<name>.<number>.<field>`. Rows are added and
taken away by the form's own buttons, without scripts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from doorpakken_registration.web.form import FormData

DO = "do"


@dataclass(frozen=True)
class Rows:
    """The rows with this name, `most` at most."""

    name: str
    fields: Sequence[str]
    most: int

    def read(self, form: FormData) -> list[dict[str, str]]:
        """In order, without the empty ones."""
        return self.filled(dict(form.pairs))

    def values(self, rows: Sequence[Mapping[str, str]]) -> dict[str, str]:
        return {
            f"{self.name}.{number}.{field}": row[field]
            for number, row in enumerate(rows)
            for field in self.fields
        }

    def compact(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """The same values without gaps between the rows."""
        return self._others(values) | self.values(self.filled(values))

    def numbers(self, values: Mapping[str, Any]) -> range:
        """The rows to show: one more than are filled in, or as many as were added."""
        count = len(self.filled(values))
        return range(min(max(count + 1, int(values.get(self._added, 0))), self.most))

    def pressed(self, form: FormData, values: Mapping[str, Any]) -> dict[str, Any] | None:
        """The values after one of the buttons of these rows; None for another button."""
        verb, _, rest = (form.one(DO) or "").partition(" ")
        name, _, number = rest.partition(" ")
        if name != self.name:
            return None
        rows = self.filled(values)
        added = len(self.numbers(values)) + 1
        if verb == "remove" and number.isdecimal():
            rows = self.filled(values, without=int(number))
            added -= 2
        return self._others(values) | self.values(rows) | {self._added: str(added)}

    @property
    def _added(self) -> str:
        return f"{self.name}_rows"

    def _others(self, values: Mapping[str, Any]) -> dict[str, Any]:
        start = f"{self.name}."
        return {name: text for name, text in values.items() if not name.startswith(start)}

    def filled(self, values: Mapping[str, Any], without: int = -1) -> list[dict[str, str]]:
        rows = [
            {
                field: str(values.get(f"{self.name}.{number}.{field}") or "").strip()
                for field in self.fields
            }
            for number in range(self.most)
            if number != without
        ]
        # A row's number or day alone is nothing that somebody typed.
        hidden = ("id", "day")
        return [row for row in rows if any(row[one] for one in row if one not in hidden)]

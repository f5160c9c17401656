"""Reads what was typed in the forms of commitments."""

from doorpakken_plumbing.http.errors import Refusal

from doorpakken_registration.common.model.dates import date_of
from doorpakken_registration.pitches.routes.needs_form import amount_of
from doorpakken_registration.web.form import FormData, Mistyped
from doorpakken_registration.web.page import Errors, Problem, errors_of

# The same fields mean something else in other forms.
_SAID = {
    "what": "Schrijf op wat het is, met hooguit 200 letters.",
    "reason": "Schrijf kort op waarom, met hooguit 200 letters.",
    "note": "Schrijf kort op hoe het gaat, met hooguit 200 letters.",
}


class Typed:
    """The fields of a form. Those that cannot be read are named by `check`, all at once."""

    def __init__(self, form: FormData, unit: str | None) -> None:
        self._form = form
        self._unit = unit
        self._wrong: list[str] = []

    def text(self, name: str) -> str:
        return self._form.one(name) or ""

    def day(self, name: str) -> str | None:
        """As 2023-10-06; None if it cannot be read, and then it is wrong."""
        try:
            return date_of(self.text(name)).isoformat()
        except ValueError:
            self.wrong(name)
            return None

    def amount(self, name: str = "amount") -> int | None:
        """Money in euro cents; None for an action."""
        if self._unit is None:
            return None
        amount = amount_of(self._form.one(name), self._unit)
        if amount is None:
            self.wrong(name)
        return amount

    def wrong(self, name: str) -> None:
        self._wrong.append(name)

    def check(self) -> None:
        """Raises Mistyped."""
        if self._wrong:
            raise Mistyped(self._wrong)


def explained(problem: Problem) -> Errors:
    """What is wrong, in the words of these forms."""
    errors = errors_of(problem)
    if isinstance(problem, Refusal):
        return errors
    return [one | {"message": _SAID.get(one["field"], one["message"])} for one in errors]

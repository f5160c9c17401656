"""Parses the form of a pitch with its needs, and fills it in; fields that cannot be parsed are
reported before anything else. Accepts all that the API accepts."""

from collections.abc import Callable
from typing import Any

from doorpakken_events.words import UNITS

from doorpakken_registration.common.model.amounts import euro_cents, whole
from doorpakken_registration.common.model.dates import date_of
from doorpakken_registration.pitches.model.pitch import Need
from doorpakken_registration.web.form import FormData, Mistyped

ROWS = 5
WHATS = tuple(f"{category}.{unit}" for category, units in UNITS.items() for unit in units)


def whats() -> list[list[str]]:
    return [what.split(".") for what in WHATS]


def what_of(text: str | None) -> tuple[str, str]:
    """Category and unit; empty if the choice is not in the list."""
    category, _, unit = (text if text in WHATS else "").partition(".")
    return category, unit


def amount_of(text: str | None, unit: str) -> int | None:
    """Money is typed in euros, returned in euro cents. None if it cannot be parsed."""
    amount: int | None = _read(euro_cents if unit == "euro_cent" else whole, text)
    return amount


def read_plan(form: FormData, rows: int) -> dict[str, Any]:
    """Raises Mistyped."""
    told = {name: form.one(name) or "" for name in ("kind", "title", "summary")}
    return told | {"needs": _read_needs(form, rows)}


def typed(needs: tuple[Need, ...]) -> dict[str, str]:
    values: dict[str, str] = {}
    for at, need in enumerate(needs):
        day = need.wanted_by
        values |= {
            f"needs.{at}.need_id": need.need_id,
            f"needs.{at}.description": need.description,
            f"needs.{at}.amount": typed_amount(need.amount, need.unit),
            f"needs.{at}.what": f"{need.category}.{need.unit}",
            f"needs.{at}.wanted_by": f"{day.day}-{day.month}-{day.year}" if day else "",
        }
    return values


def typed_amount(amount: int, unit: str) -> str:
    if unit != "euro_cent":
        return str(amount)
    euros, cents = divmod(amount, 100)
    return f"{euros},{cents:02}" if cents else str(euros)


def _read_needs(form: FormData, rows: int) -> list[dict[str, Any]]:
    wrong: list[str] = []
    needs = [need for at in range(rows) if (need := _need(form, at, wrong))]
    if wrong:
        raise Mistyped(wrong)
    return needs


def _need(form: FormData, at: int, wrong: list[str]) -> dict[str, Any] | None:
    """None for an empty row; fields that cannot be parsed are added to `wrong`."""
    row = f"needs.{at}"
    names = ("description", "amount", "what", "wanted_by")
    description, amount, what, wanted_by = (form.one(f"{row}.{name}") for name in names)
    if not (description or amount or wanted_by):
        return None
    category, unit = what_of(what)
    need = {
        "category": category,
        "unit": unit,
        "description": description,
        "amount": amount_of(amount, unit),
        "wanted_by": None,
    }
    missing = {"description": description, "what": category, "amount": need["amount"]}
    wrong += [f"{row}.{name}" for name, value in missing.items() if not value]
    if wanted_by:
        day = _read(date_of, wanted_by)
        need["wanted_by"] = str(day)
        wrong += [] if day else [f"{row}.wanted_by"]
    return need | ({"need_id": known} if (known := form.one(f"{row}.need_id")) else {})


def _read(read: Callable[[str], Any], text: str | None) -> Any:
    try:
        return read(text or "")
    except ValueError:
        return None

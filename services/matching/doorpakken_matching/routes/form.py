"""Posted forms of staff: read as text, shown again as they were typed, with a plain sentence for
each field that is wrong."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from doorpakken_pages.page_route import form_fields
from doorpakken_plumbing.http.errors import Refusal
from doorpakken_plumbing.http.problems import field_errors
from fastapi import Request
from pydantic import ValidationError

from doorpakken_matching.model.availability import LOCAL

FIELDS = {
    "name": "Geef de ruimte een naam, met hooguit 200 letters.",
    "capacity": "Schrijf een getal van 1 tot 1000.",
    "address": "Schrijf het adres korter, met hooguit 200 letters.",
    "link": "Deze link klopt niet. Hij begint met https://.",
    "day": "Kies een dag.",
    "begin": "Schrijf een tijd zo: 15.00.",
    "end": "Schrijf een tijd na het begin, zo: 17.00.",
    "answer_by": "Kies een dag en tijd binnen deze grenzen.",
}
# Refusals that are about one field.
AT = {
    "room-exists": ("name", "Deze naam is er al. Kies een andere."),
    "slot-exists": ("day", "Deze tijd is er al. Kies een andere."),
    "slot-outside-window": ("day", "Kies een dag waarop werksessies mogen zijn."),
    "slot-ends-too-early": ("end", FIELDS["end"]),
    "answer-by-out-of-range": ("answer_by", FIELDS["answer_by"]),
}
Errors = list[dict[str, str]]


class Mistyped(Exception):
    """Fields that cannot be read."""

    def __init__(self, fields: list[str]) -> None:
        super().__init__(fields)
        self.fields = fields


@dataclass(frozen=True)
class Filled:
    """What a form shows; after a failed attempt what was typed, what is wrong, and why."""

    values: Mapping[str, Any] = field(default_factory=dict)
    errors: Errors = field(default_factory=list)
    refusal: Refusal | None = None


async def read_form(request: Request) -> dict[str, str]:
    return {name: text.strip() for name, text in await form_fields(request)}


def again(values: Mapping[str, str], problem: Refusal | ValidationError | Mistyped) -> Filled:
    if isinstance(problem, Mistyped):
        return Filled(values, _said(problem.fields))
    if isinstance(problem, ValidationError):
        return Filled(values, _said([one["field"] for one in field_errors(problem.errors())]))
    if problem.slug in AT:
        name, sentence = AT[problem.slug]
        return Filled(values, [{"field": name, "message": sentence}])
    return Filled(values, refusal=problem)


def moment_of(text: str) -> datetime | None:
    """Reads 2023-10-06T15:00 as Amsterdam time; None if it is something else."""
    try:
        read = datetime.fromisoformat(text)
    except ValueError:
        return None
    return read if read.tzinfo else read.replace(tzinfo=LOCAL)


def typed(moment: datetime) -> str:
    return f"{moment.astimezone(LOCAL):%Y-%m-%dT%H:%M}"


def times_of(form: Mapping[str, str]) -> tuple[datetime, datetime]:
    """The begin and end of a slot, from `day`, `begin` and `end` in Amsterdam time."""
    day = _day(form.get("day", ""))
    begin, end = _time(form.get("begin", "")), _time(form.get("end", ""))
    if day is None or begin is None or end is None:
        read = {"day": day, "begin": begin, "end": end}
        raise Mistyped([name for name, value in read.items() if value is None])
    if end <= begin:
        raise Mistyped(["end"])
    return datetime.combine(day, begin, LOCAL), datetime.combine(day, end, LOCAL)


def _day(text: str) -> date | None:
    """Reads 2023-10-06, as browsers send it, and 6-10-2023."""
    parts = text.split("-")
    year_first = parts if len(parts[0]) == 4 else parts[::-1]
    try:
        year, month, day = map(int, year_first)
        return date(year, month, day)
    except ValueError:
        return None


def _time(text: str) -> time | None:
    try:
        return time.fromisoformat(text.replace(".", ":").rjust(5, "0")).replace(tzinfo=None)
    except ValueError:
        return None


def _said(fields: list[str]) -> Errors:
    sentences = {name: FIELDS.get(name, "Kijk na wat u invulde.") for name in fields}
    return [{"field": name, "message": sentence} for name, sentence in sentences.items()]

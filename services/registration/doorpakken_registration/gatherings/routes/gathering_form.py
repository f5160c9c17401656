"""The form of a gathering as text: read into fields, and filled in from a gathering."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from doorpakken_plumbing.http.errors import Invalid
from pydantic import ValidationError

from doorpakken_registration.common.model.dates import (
    at,
    date_of,
    moment_of,
    time_of,
    typed_day,
    typed_moment,
    typed_time,
)
from doorpakken_registration.gatherings.model.gathering import (
    LOCAL,
    PROGRAMME_MAX,
    QUESTIONS_MAX,
    Gathering,
)
from doorpakken_registration.gatherings.model.windows import PERIODS
from doorpakken_registration.gatherings.routes.form_rows import Rows
from doorpakken_registration.gatherings.routes.gathering_bodies import GatheringBody, fields_of
from doorpakken_registration.web.form import FormData, Mistyped
from doorpakken_registration.web.page import FIELDS, Errors, Problem, errors_of

T = TypeVar("T")

DAYS = ("follow_up_from", "follow_up_until")
PROGRAMME = Rows("programme", ("time", "day", "title"), PROGRAMME_MAX)
QUESTIONS = Rows("questions", ("id", "text", "choices"), QUESTIONS_MAX)
# The field of the form for one of the API.
FORM_FIELDS = {
    "starts_at": "date",
    "ends_at": "end",
    "venue.name": "venue_name",
    "venue.address": "venue_address",
}


class Reading:
    """Reads typed texts and collects the fields that cannot be read."""

    def __init__(self, form: FormData) -> None:
        self._form = form
        self.wrong: list[str] = []

    def get(self, name: str, read: Callable[[str], T]) -> T | None:
        return self.parse(name, self._form.one(name), read)

    def parse(self, name: str, text: str | None, read: Callable[[str], T]) -> T | None:
        """None for an empty text too."""
        try:
            return read(text) if text else None
        except ValueError:
            self.wrong.append(name)
            return None

    def require(self, name: str, read: Callable[[str], T], otherwise: T) -> T:
        if not self._form.one(name):
            self.wrong.append(name)
        return self.get(name, read) or otherwise


def day_fields(form: FormData) -> dict[str, Any]:
    """The five fields that a gathering begins with. Raises Mistyped."""
    reading = Reading(form)
    fields = _five(form, reading)
    _done(reading)
    return fields


def all_fields(form: FormData) -> dict[str, Any]:
    """Every field of the form, for `gatherings.change`. Raises Mistyped or ValidationError."""
    reading = Reading(form)
    fields = _five(form, reading)
    first = fields["starts_at"].astimezone(LOCAL).date()
    fields |= {name: reading.get(name, moment_of) for name in PERIODS}
    fields |= {name: reading.get(name, date_of) for name in DAYS}
    fields |= {
        "ambition": form.one("ambition") or "",
        "theme": form.one("theme"),
        "capacity": reading.get("capacity", int),
        "programme": _programme(form, reading, first),
        "questions": _questions(form),
    }
    _done(reading)
    return checked(fields)


def checked(fields: Mapping[str, Any]) -> dict[str, Any]:
    """As the API would take them. Raises ValidationError."""
    sent = {name: one.isoformat() if isinstance(one, date) else one for name, one in fields.items()}
    return fields_of(GatheringBody.model_validate(sent).model_dump(exclude_unset=True))


def _five(form: FormData, reading: Reading) -> dict[str, Any]:
    unknown = date(2000, 1, 1)
    day = reading.require("date", date_of, unknown)
    last = reading.get("last_date", date_of) or day
    begin = reading.require("begin", time_of, time_of("0.00"))
    end = reading.require("end", time_of, time_of("0.00"))
    return {
        "title": form.one("title") or "",
        "starts_at": at(day, begin),
        "ends_at": at(last, end),
        "venue": {
            "name": form.one("venue_name") or "",
            "address": form.one("venue_address") or "",
        },
    }


def _programme(form: FormData, reading: Reading, first: date) -> list[dict[str, Any]]:
    found = []
    for number, row in enumerate(PROGRAMME.read(form)):
        name = f"programme.{number}.time"
        if not row["time"]:
            reading.wrong.append(name)
        moment = reading.parse(name, row["time"], time_of) or time_of("0.00")
        later = reading.parse(f"programme.{number}.day", row["day"], int) or 1
        day = first + timedelta(days=min(max(later, 1), 100) - 1)
        found.append({"starts_at": at(day, moment).isoformat(), "title": row["title"]})
    return found


def _questions(form: FormData) -> list[dict[str, Any]]:
    return [
        {
            "question_id": row["id"] or None,
            "text": row["text"],
            "choices": [one for one in row["choices"].splitlines() if one.strip()],
        }
        for row in QUESTIONS.read(form)
    ]


def _done(reading: Reading) -> None:
    if reading.wrong:
        raise Mistyped(reading.wrong)


def values_of(gathering: Gathering) -> dict[str, str]:
    """The form as it would be typed."""
    first, last = (one.astimezone(LOCAL).date() for one in (gathering.starts_at, gathering.ends_at))
    values = {
        "title": gathering.title,
        "ambition": gathering.ambition,
        "theme": gathering.theme or "",
        "date": typed_day(first),
        "last_date": "" if last == first else typed_day(last),
        "begin": typed_time(gathering.starts_at),
        "end": typed_time(gathering.ends_at),
        "venue_name": gathering.venue_name,
        "venue_address": gathering.venue_address,
        "capacity": str(gathering.capacity or ""),
    }
    values |= {name: _typed(getattr(gathering, name), typed_moment) for name in PERIODS}
    values |= {name: _typed(getattr(gathering, name), typed_day) for name in DAYS}
    return values | PROGRAMME.values(_parts(gathering)) | QUESTIONS.values(_asked(gathering))


def _typed(found: Any, write: Callable[[Any], str]) -> str:
    return write(found) if found else ""


def _parts(gathering: Gathering) -> list[dict[str, str]]:
    first = gathering.starts_at.astimezone(LOCAL).date()
    return [
        {
            "time": typed_time(one.starts_at),
            "day": str((_day(one.starts_at) - first).days + 1),
            "title": one.title,
        }
        for one in gathering.programme
    ]


def _asked(gathering: Gathering) -> list[dict[str, str]]:
    return [
        {"id": one.question_id, "text": one.text, "choices": "\n".join(one.choices)}
        for one in gathering.questions
    ]


def _day(moment: datetime) -> date:
    return moment.astimezone(LOCAL).date()


def explain(problem: Problem) -> Errors:
    """The form's own sentences, each once."""
    found = errors_of(problem)
    is_form = isinstance(problem, Mistyped | ValidationError) or type(problem) is Invalid
    renamed = {FORM_FIELDS.get(one["field"], one["field"]): one["message"] for one in found}
    return [
        {"field": _place(name), "message": _sentence(name, said) if is_form else said}
        for name, said in renamed.items()
    ]


def _place(name: str) -> str:
    # The list as a whole is wrong: its first row is what a reader can go to.
    return f"{name}.0.title" if name == "programme" else name


def _sentence(name: str, otherwise: str) -> str:
    return FIELDS.get(f"gathering_{name.partition('.')[0]}", otherwise)

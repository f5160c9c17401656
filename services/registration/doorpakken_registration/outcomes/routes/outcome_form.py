"""Reads the forms of an outcome's page: who was there, a line, and that it is done."""

from datetime import date
from typing import Any

from doorpakken_registration.common.model.dates import date_of, typed_day
from doorpakken_registration.common.model.names import name_of
from doorpakken_registration.outcomes.lines import Line, Owner
from doorpakken_registration.outcomes.model.outcome import Outcome
from doorpakken_registration.outcomes.outcomes import People
from doorpakken_registration.outcomes.routes.bodies import LineBody, OwnerBody
from doorpakken_registration.outcomes.table import Row, Sheet
from doorpakken_registration.pitches.routes.needs_form import amount_of, typed_amount
from doorpakken_registration.web.form import FormData, Mistyped
from doorpakken_registration.web.page import Errors, Problem, errors_of

SOMEBODY = "somebody"
# The fields of a body under the names that they have in the form.
_IN_FORM = {"what": "agreed", "email": "contact", "phone": "contact", "name": "owner_name"}


def read_people(form: FormData) -> People:
    """What was ticked or typed since the page was shown. Raises Mistyped."""
    came, was = {*form.many("came")}, {*form.many("was")}
    try:
        names = {name_of(one): None for one in _lines(form.one("others"))}
    except ValueError:
        raise Mistyped(["others"]) from None
    listed = form.many("listed")
    return People(
        came=sorted(came - was),
        absent=sorted(was - came),
        names=[one for one in names if one not in listed],
        dropped=[one for one in listed if one not in names],
    )


def read_line(form: FormData, sheet: Sheet, line_id: str = "") -> Line:
    """Agreed apart from other lines, unless the form says so. Raises Mistyped, ValidationError or
    ContactDetailsInPublicText."""
    need = sheet.need(form.one("need_id"))
    amount = amount_of(form.one("amount"), need.unit) if need else None
    due = day_in(form, "due")
    wrong = [] if due else ["due"]
    if need and amount is None:
        wrong.append("amount")
    if not (need or form.one("agreed")):
        wrong.append("agreed")
    if wrong:
        raise Mistyped(wrong)
    body = LineBody.model_validate(
        {
            "what": form.one("agreed") or "",
            "due": str(due),
            "how": form.one("how") or "",
            "need_id": need.need_id if need else None,
            "amount": amount,
            "agreement_id": form.one("agreement_id") or line_id or None,
        }
    )
    return body.line()


def read_owner(form: FormData, language: str) -> Owner:
    """Raises Mistyped or ValidationError."""
    kind, _, known = (form.one("owner") or "").partition(":")
    if kind in ("person", "organisation") and known:
        return OwnerBody.model_validate({f"{kind}_id": known}).owner(language)
    if kind != SOMEBODY:
        raise Mistyped(["owner"])
    name, contact = form.one("owner_name"), form.one("contact")
    if wrong := [field for field in ("owner_name", "contact") if not form.one(field)]:
        raise Mistyped(wrong)
    way = "email" if "@" in (contact or "") else "phone"
    typed = {"name": name, way: contact, "organisation": form.one("owner_organisation")}
    return OwnerBody.model_validate(typed).owner(language)


def day_in(form: FormData, field: str) -> date | None:
    """None if it is empty. Raises Mistyped."""
    text = form.one(field)
    try:
        return date_of(text) if text else None
    except ValueError:
        raise Mistyped([field]) from None


def typed(row: Row) -> dict[str, Any]:
    """A line as its form has it."""
    line = row.line
    amount = line.amount or line.asked_amount
    return {
        "agreed": line.what,
        "how": line.how,
        "need_id": line.need_id or "",
        "amount": typed_amount(amount, line.unit or "") if amount else "",
        "due": typed_day(line.due),
    }


def typed_done(outcome: Outcome) -> dict[str, str]:
    day = outcome.next_day
    return {"why_nothing": outcome.why_nothing or "", "next_day": typed_day(day) if day else ""}


def explain(problem: Problem) -> Errors:
    """Under the names of the form's fields."""
    return [one | {"field": _IN_FORM.get(one["field"], one["field"])} for one in errors_of(problem)]


def _lines(text: str | None) -> list[str]:
    return [line.strip() for line in (text or "").splitlines() if line.strip()]

"""The form of a promise: what stands in it at first, and how it is read. What it is toward is named
as pitch and need, or as a pitch alone for an action."""

from collections.abc import Sequence
from dataclasses import dataclass

from doorpakken_plumbing.time import clock

from doorpakken_registration.commitments.model import due
from doorpakken_registration.commitments.routes.bodies import PromiseBody
from doorpakken_registration.commitments.routes.typed import Typed
from doorpakken_registration.common.model.dates import typed_day
from doorpakken_registration.pitches.model.pitch import Need, Pitch
from doorpakken_registration.pitches.routes.needs_form import typed_amount
from doorpakken_registration.web.form import FormData, Mistyped

WHAT_LENGTH_MAX = 200


@dataclass(frozen=True)
class Toward:
    """A pitch with the need that a promise goes toward; an action goes toward none."""

    pitch: Pitch
    need: Need | None

    @property
    def value(self) -> str:
        return f"{self.pitch.id} {self.need.need_id if self.need else ''}".strip()


def choices_of(pitches: Sequence[Pitch]) -> list[Toward]:
    """Each need that is not closed, and each pitch for an action."""
    return [Toward(pitch, need) for pitch in pitches for need in (*pitch.open_needs, None)]


def first_values(toward: Toward | None, amount: int | None = None) -> dict[str, str]:
    """What is known of what is asked; a day that is over is left out."""
    if toward is None or toward.need is None:
        return {"toward": toward.value} if toward else {}
    need = toward.need
    day = need.wanted_by if need.wanted_by and need.wanted_by > due.today(clock.now()) else None
    return {
        "toward": toward.value,
        "what": need.description[:WHAT_LENGTH_MAX],
        "due": typed_day(day) if day else "",
        "amount": typed_amount(amount, need.unit) if amount else "",
    }


def read_promise(form: FormData, choices: Sequence[Toward], **more: str | None) -> PromiseBody:
    """`more` are fields that the form does not ask. Raises Mistyped, ValidationError or
    ContactDetailsInPublicText."""
    toward = chosen(form.one("toward"), choices)
    unit = toward.need.unit if toward and toward.need else None
    typed = Typed(form, unit)
    if toward is None:
        typed.wrong("toward")
    told = {"amount": typed.amount(), "due": typed.day("due"), "unit": unit}
    typed.check()
    words = {name: typed.text(name) for name in ("what", "how")}
    asked = {name: form.one(name) for name in ("publication", "organisation_id", "person_id")}
    need_id = toward.need.need_id if toward and toward.need else None
    body = PromiseBody.model_validate(told | words | asked | {"need_id": need_id} | more)
    body.require_public()
    return body


def chosen(value: str | None, choices: Sequence[Toward]) -> Toward | None:
    return next((one for one in choices if one.value == value), None)


def pitch_chosen(form: FormData, choices: Sequence[Toward]) -> Pitch:
    """Raises Mistyped."""
    toward = chosen(form.one("toward"), choices)
    if toward is None:
        raise Mistyped(["toward"])
    return toward.pitch

"""The page on which pitchers change their pitch until the review, and withdraw it. For its pitchers
only. Shows the form again, with the errors, where the API would reject it."""

from typing import Any

from doorpakken_plumbing.http.errors import Refusal
from doorpakken_plumbing.http.idempotency import StoredResponse
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.service import ServiceDep
from fastapi import Request, Response
from fastapi.responses import RedirectResponse
from pydantic import ValidationError

from doorpakken_registration.people.model.person import Person
from doorpakken_registration.people.routes.visitor import Visitor
from doorpakken_registration.pitches import pitch_lane, pitches
from doorpakken_registration.pitches.model.pitch import NEEDS_MAX, Pitch
from doorpakken_registration.pitches.routes.needs_form import Mistyped, read_plan, typed, whats
from doorpakken_registration.pitches.routes.pitch_changes import PitchChange, change_of
from doorpakken_registration.web.form import FormData
from doorpakken_registration.web.own_settings import SettingsDep
from doorpakken_registration.web.page import PAGES, Errors, errors_of, pages_router, said

router = pages_router()


@router.get("/me/pitches/{pitch_id}")
async def show(
    pitch_id: str, request: Request, here: ServiceDep, visitor: Visitor, saved: bool = False
) -> Response:
    pitch, _ = await _theirs(here, pitch_id, visitor)
    values = {"kind": pitch.kind, "title": pitch.title, "summary": pitch.summary}
    return _page(request, pitch, values | typed(pitch.needs), [], is_saved=saved)


@router.post("/me/pitches/{pitch_id}")
async def update(
    pitch_id: str, request: Request, here: ServiceDep, settings: SettingsDep, visitor: Visitor
) -> Response:
    """A need whose row is emptied is removed."""
    pitch, person = await _theirs(here, pitch_id, visitor)
    form = await FormData.read(request)
    try:
        wanted = change_of(_body(form))

        async def work(tx: Transaction) -> StoredResponse:
            await pitches.update(tx, pitch_id, wanted, person.id)
            return StoredResponse(200)

        await pitch_lane.submit(here.lanes, pitch.gathering_id, work, None)
    except Mistyped as wrong:
        return _page(request, pitch, form.values(), said(wrong.fields))
    except (ValidationError, Refusal) as problem:
        return _page(request, pitch, form.values(), errors_of(problem))
    return RedirectResponse(f"{settings.registration_url}/me/pitches/{pitch_id}?saved=1", 303)


@router.post("/me/pitches/{pitch_id}/withdraw")
async def withdraw(
    pitch_id: str, here: ServiceDep, settings: SettingsDep, visitor: Visitor
) -> Response:
    pitch, person = await _theirs(here, pitch_id, visitor)

    async def work(tx: Transaction) -> StoredResponse:
        await pitches.withdraw(tx, pitch_id, None, person.id)
        return StoredResponse(200)

    await pitch_lane.submit(here.lanes, pitch.gathering_id, work, None)
    return RedirectResponse(f"{settings.registration_url}/me/pitches/{pitch_id}", 303)


def _body(form: FormData) -> PitchChange:
    return PitchChange.model_validate(read_plan(form, NEEDS_MAX))


async def _theirs(here: ServiceDep, pitch_id: str, visitor: Person) -> tuple[Pitch, Person]:
    pitch = await pitches.get(here.mongo, pitch_id)
    if visitor.id not in pitch.pitchers:
        raise pitches.NotYourPitch("Only who pitch this can change it.")
    return pitch, visitor


def _page(
    request: Request,
    pitch: Pitch,
    values: dict[str, Any],
    errors: Errors,
    *,
    is_saved: bool = False,
) -> Response:
    return PAGES.render(
        request,
        "my_pitch.html",
        status=422 if errors else 200,
        pitch=pitch,
        rows=range(NEEDS_MAX),
        whats=whats(),
        values=values,
        errors=errors,
        is_saved=is_saved,
    )

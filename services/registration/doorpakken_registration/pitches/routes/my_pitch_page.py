"""The page on which pitchers change their pitch until the review, and withdraw it. For its pitchers
only. Shows the form again, with the errors, where the API would reject it."""

from functools import partial

from doorpakken_plumbing.service import ServiceDep
from fastapi import Request, Response

from doorpakken_registration.people.model.person import Person
from doorpakken_registration.people.routes.visitor import Visitor
from doorpakken_registration.pitches import pitch_lane, pitches
from doorpakken_registration.pitches.model.pitch import NEEDS_MAX, Pitch
from doorpakken_registration.pitches.routes.needs_form import read_plan, typed, whats
from doorpakken_registration.pitches.routes.pitch_changes import PitchChange, change_of
from doorpakken_registration.web.form import FormData
from doorpakken_registration.web.form_page import Filled, answer_form, as_done, show_form
from doorpakken_registration.web.own_settings import SettingsDep
from doorpakken_registration.web.page import pages_router, see_other

router = pages_router()


@router.get("/me/pitches/{pitch_id}")
async def show(
    pitch_id: str, request: Request, here: ServiceDep, visitor: Visitor, saved: bool = False
) -> Response:
    pitch, _ = await _theirs(here, pitch_id, visitor)
    values = {"kind": pitch.kind, "title": pitch.title, "summary": pitch.summary}
    return await _page(request, pitch, Filled(values | typed(pitch.needs)), is_saved=saved)


@router.post("/me/pitches/{pitch_id}")
async def update(pitch_id: str, request: Request, here: ServiceDep, visitor: Visitor) -> Response:
    """A need whose row is emptied is removed."""
    pitch, person = await _theirs(here, pitch_id, visitor)

    async def work(form: FormData) -> str:
        wanted = change_of(_body(form))
        done = as_done(lambda tx: pitches.update(tx, pitch_id, wanted, person.id))
        await pitch_lane.submit(here.lanes, pitch.gathering_id, done, None)
        return f"/me/pitches/{pitch_id}?saved=1"

    return await answer_form(request, work, partial(_page, request, pitch))


@router.post("/me/pitches/{pitch_id}/withdraw")
async def withdraw(
    pitch_id: str, here: ServiceDep, settings: SettingsDep, visitor: Visitor
) -> Response:
    pitch, person = await _theirs(here, pitch_id, visitor)
    done = as_done(lambda tx: pitches.withdraw(tx, pitch_id, None, person.id))
    await pitch_lane.submit(here.lanes, pitch.gathering_id, done, None)
    return see_other(settings, f"/me/pitches/{pitch_id}")


def _body(form: FormData) -> PitchChange:
    return PitchChange.model_validate(read_plan(form, NEEDS_MAX))


async def _theirs(here: ServiceDep, pitch_id: str, visitor: Person) -> tuple[Pitch, Person]:
    pitch = await pitches.get(here.mongo, pitch_id)
    if visitor.id not in pitch.pitchers:
        raise pitches.NotYourPitch("Only who pitch this can change it.")
    return pitch, visitor


async def _page(
    request: Request, pitch: Pitch, filled: Filled, *, is_saved: bool = False
) -> Response:
    return show_form(
        request,
        "my_pitch.html",
        filled,
        pitch=pitch,
        rows=range(NEEDS_MAX),
        whats=whats(),
        is_saved=is_saved,
    )

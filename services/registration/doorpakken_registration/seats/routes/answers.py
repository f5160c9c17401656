"""HTTP API for answers to invitations, by the person's link or by staff on their behalf."""

from typing import Annotated, Literal

from doorpakken_events import states
from doorpakken_plumbing.http.idempotency import IdempotencyKey
from doorpakken_plumbing.http.openapi import problems
from doorpakken_plumbing.identity.staff import MaybeSignedIn
from doorpakken_plumbing.service import ServiceDep
from fastapi import APIRouter, Response
from pydantic import BaseModel, Field

from doorpakken_registration.people.routes.visitor import MaybeVisitor
from doorpakken_registration.seats import answers, seats_lane
from doorpakken_registration.seats.answers import Answering
from doorpakken_registration.seats.model.answer import Wave
from doorpakken_registration.seats.routes.sessions import SignUpView, attendee_for
from doorpakken_registration.settings import Settings
from doorpakken_registration.web.fields import Body, Id
from doorpakken_registration.web.own_settings import SettingsDep

router = APIRouter(prefix="/api/v1", tags=["answers"])

SESSIONS_MAX = 20


class AnswerBody(Body):
    """`accepted` names sessions, the others none; staff say for whom."""

    answer: Literal["accepted", "declined", "maybe"]
    sessions: Annotated[tuple[Id, ...], Field(max_length=SESSIONS_MAX)] = ()
    reason: Literal["no_time", "wrong_time", "not_for_me"] | None = None
    attendee_id: Id | None = None


class AnswerView(BaseModel):
    """The answer, and all seats and places in line that the attendee has now."""

    answer: str
    sign_ups: list[SignUpView]


def answering_of(
    wave: Wave,
    attendee_id: str,
    body: AnswerBody,
    settings: Settings,
    staff_id: str | None = None,
) -> Answering:
    """Raises ChooseASession or NoSessionsWithThis; a session named twice counts once."""
    session_ids = tuple(dict.fromkeys(body.sessions))
    said = states.Answer(body.answer)
    answers.check(said, session_ids)
    return Answering(
        wave=wave,
        attendee_id=attendee_id,
        answer=said,
        session_ids=session_ids,
        reason=body.reason,
        limit=settings.sessions_per_person,
        staff_id=staff_id,
    )


@router.post(
    "/waves/{wave_id}/answers",
    summary="Answer an invitation",
    response_model=AnswerView,
    responses=problems(403, 404, 409),
)
async def answer(
    wave_id: str,
    body: AnswerBody,
    here: ServiceDep,
    settings: SettingsDep,
    staff: MaybeSignedIn,
    visitor: MaybeVisitor,
    key: IdempotencyKey,
) -> Response:
    """A later answer replaces the earlier one, with its seats; all of it or nothing."""
    wave = await answers.get_wave(here.mongo, wave_id)
    attendee_id = await attendee_for(here, wave.gathering_id, body.attendee_id, staff, visitor)
    by = staff.staff_id if staff and body.attendee_id else None
    asked = answering_of(wave, attendee_id, body, settings, by)
    return (await seats_lane.submit(here.lanes, wave.gathering_id, asked, key)).response()

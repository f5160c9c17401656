"""Changing and withdrawing pitches over HTTP: pitchers change them until the review, staff always.
A need with offers cannot be replaced."""

from typing import Annotated, Any

from doorpakken_plumbing.http.etags import IfSeen
from doorpakken_plumbing.http.openapi import problems
from doorpakken_plumbing.identity.staff import MaybeSignedIn
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.service import ServiceDep
from fastapi import APIRouter, Response
from pydantic import Field

from doorpakken_registration.people.routes.visitor import MaybeVisitor
from doorpakken_registration.pitches import pitches
from doorpakken_registration.pitches.model.pitch import NEEDS_MAX, Pitch, Wanted
from doorpakken_registration.pitches.pitches import Change
from doorpakken_registration.pitches.routes.acting import acting_on, answer_change
from doorpakken_registration.pitches.routes.pitches import (
    Filled,
    NeedBody,
    PitchKind,
    PitchView,
    needs_text,
    view,
)
from doorpakken_registration.web.fields import Body, Id, Line, Title, require_public

router = APIRouter(prefix="/api/v1", tags=["pitches"])


class ChangedNeed(NeedBody):
    """A need; with its id it stays the same one, without an id it is new."""

    need_id: Id | None = None


class PitchChange(Body):
    """All that a pitch tells from now on."""

    kind: PitchKind
    title: Title = Field(description="seen by everybody")
    summary: Filled = Field(description="seen by everybody")
    needs: Annotated[tuple[ChangedNeed, ...], Field(min_length=1, max_length=NEEDS_MAX)]


class Withdrawal(Body):
    """Why it is taken back; the reason is seen by everybody."""

    reason: Line | None = None


@router.put(
    "/pitches/{pitch_id}",
    summary="Change a pitch",
    response_model=PitchView,
    responses=problems(403, 404, 409),
)
async def update(
    pitch_id: str,
    body: PitchChange,
    here: ServiceDep,
    staff: MaybeSignedIn,
    visitor: MaybeVisitor,
    seen: IfSeen,
) -> Response:
    """By a pitcher until the review, by staff always; the same again changes nothing."""
    found = await pitches.get(here.mongo, pitch_id)
    by = acting_on(found, staff, visitor)
    wanted = change_of(body)

    async def changed(tx: Transaction, pitch_id: str, by: str | None) -> Pitch:
        seen.check(await pitches.get(tx, pitch_id))
        return await pitches.update(tx, pitch_id, wanted, by)

    return await answer_change(here, found, by, changed, _shown, (staff, "pitch_changed"))


@router.post(
    "/pitches/{pitch_id}/withdraw",
    summary="Take a pitch back",
    response_model=PitchView,
    responses=problems(403, 404, 409),
)
async def withdraw(
    pitch_id: str, body: Withdrawal, here: ServiceDep, staff: MaybeSignedIn, visitor: MaybeVisitor
) -> Response:
    """By a pitcher or staff; its text stays, and a second time changes nothing."""
    found = await pitches.get(here.mongo, pitch_id)
    by = acting_on(found, staff, visitor)
    require_public([("reason", body.reason)])

    async def withdrawn(tx: Transaction, pitch_id: str, by: str | None) -> Pitch:
        return await pitches.withdraw(tx, pitch_id, body.reason, by)

    return await answer_change(here, found, by, withdrawn, _shown, (staff, "pitch_withdrawn"))


def change_of(body: PitchChange) -> Change:
    """Raises ContactDetailsInPublicText."""
    require_public([("title", body.title), ("summary", body.summary), *needs_text(body.needs)])
    needs = [(one.need_id, Wanted(**one.model_dump(exclude={"need_id"}))) for one in body.needs]
    return Change(body.kind, body.title, body.summary, tuple(needs))


def _shown(pitch: Pitch) -> dict[str, Any]:
    return view(pitch).model_dump(mode="json")

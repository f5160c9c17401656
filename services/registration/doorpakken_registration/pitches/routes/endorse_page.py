"""The page on which a visitor supports a pitch, for themselves or for their organisation. Shows the
form again, with the errors, where the API would reject it; a visitor without a link sees how to get
one."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from doorpakken_plumbing.http.errors import NotFound
from doorpakken_plumbing.http.idempotency import IdempotencyKey
from doorpakken_plumbing.identity.limits import in_a_hall
from doorpakken_plumbing.mongo.database import Documents
from doorpakken_plumbing.service import ServiceDep
from fastapi import Request, Response

from doorpakken_registration.people.model.person import Person
from doorpakken_registration.people.routes.visitor import MaybeVisitor, nobody
from doorpakken_registration.pitches import (
    endorsement_summary,
    endorsements,
    own_support,
    pitch_lane,
    pitches,
    representation,
)
from doorpakken_registration.pitches.model.pitch import Pitch
from doorpakken_registration.pitches.routes.endorsements import EndorsementBody, support_of
from doorpakken_registration.web.fields import require_public
from doorpakken_registration.web.form import FormData
from doorpakken_registration.web.form_page import Filled, answer_form, as_done, show_form
from doorpakken_registration.web.page import pages_router

router = pages_router()


@dataclass(frozen=True)
class Asked:
    """A pitch, and the visitor who may support it; None without a personal link."""

    pitch: Pitch
    visitor: Person | None


@router.get("/pitches/{pitch_id}/support")
async def show(
    pitch_id: str,
    request: Request,
    here: ServiceDep,
    visitor: MaybeVisitor,
    stance: str = "",
    organisation_id: str = "",
) -> Response:
    asked = Asked(await _accepted(here.mongo, pitch_id), visitor)
    values = await _said_before(here.mongo, asked, organisation_id)
    values |= {"stance": stance} if stance else {}
    return await _page(request, here, asked, Filled(values))


@router.post("/pitches/{pitch_id}/support", dependencies=[in_a_hall("endorse", each=5)])
async def endorse(
    pitch_id: str, request: Request, here: ServiceDep, visitor: MaybeVisitor, key: IdempotencyKey
) -> Response:
    pitch = await _accepted(here.mongo, pitch_id)
    if visitor is None:
        raise nobody()

    async def work(form: FormData) -> str:
        support = support_of(pitch_id, _body(form), visitor)
        done = as_done(lambda tx: endorsements.endorse(tx, support))
        await pitch_lane.submit(here.lanes, pitch.gathering_id, done, key)
        return f"/g/{pitch.gathering_id}/needs#{pitch_id}"

    return await answer_form(request, work, partial(_page, request, here, Asked(pitch, visitor)))


async def _accepted(documents: Documents, pitch_id: str) -> Pitch:
    pitch = await pitches.get(documents, pitch_id)
    if not pitch.is_accepted:
        raise NotFound(pitches.NO_SUCH)
    return pitch


def _body(form: FormData) -> EndorsementBody:
    names = ("stance", "reason", "organisation_id")
    body = EndorsementBody.model_validate({name: form.one(name) for name in names})
    require_public([("reason", body.reason)])
    return body


async def _said_before(
    documents: Documents, asked: Asked, organisation_id: str
) -> dict[str, str | None]:
    said = await own_support.said_by(documents, asked.visitor) if asked.visitor else []
    for one in (one.endorsement for one in said):
        if (one.pitch_id, one.organisation_id or "") == (asked.pitch.id, organisation_id):
            return {name: getattr(one, name) for name in ("stance", "reason", "organisation_id")}
    return {"organisation_id": organisation_id}


async def _page(request: Request, here: ServiceDep, asked: Asked, filled: Filled) -> Response:
    theirs: list[Any] = []
    if asked.visitor:
        theirs = await representation.list_organisations_of(here.mongo, asked.visitor.id)
    return show_form(
        request,
        "endorse.html",
        filled,
        pitch=asked.pitch,
        person=asked.visitor,
        organisations=theirs,
        reasons=await endorsement_summary.reasons_for(here.mongo, asked.pitch.id),
    )

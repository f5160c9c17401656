"""The page on which staff write down a promise or an action for somebody, who is then asked whether
it is right."""

from dataclasses import replace
from functools import partial

from doorpakken_events import states
from doorpakken_plumbing.http.idempotency import IdempotencyKey
from doorpakken_plumbing.identity.staff import SignedIn, Staff
from doorpakken_plumbing.service import Service, ServiceDep
from fastapi import Request, Response

from doorpakken_registration.commitments.routes.entering import enter, promising
from doorpakken_registration.commitments.routes.promise_form import (
    Toward,
    choices_of,
    first_values,
    pitch_chosen,
    read_promise,
)
from doorpakken_registration.commitments.routes.typed import explained
from doorpakken_registration.gatherings import gatherings, named_attendees
from doorpakken_registration.people.model.person import Introduction
from doorpakken_registration.people.routes.who import WhoBody
from doorpakken_registration.pitches.store import pitches as pitches_store
from doorpakken_registration.web.form import FormData
from doorpakken_registration.web.form_page import Filled, answer_form, show_form
from doorpakken_registration.web.page import pages_router

router = pages_router()

PEOPLE_MAX = 2000
WHO = ("name", "email", "phone")


@router.get("/staff/g/{gathering_id}/promise")
async def show(
    gathering_id: str,
    request: Request,
    here: ServiceDep,
    staff: SignedIn,
    need: str = "",
    organisation: str = "",
) -> Response:
    choices = await _choices(here, gathering_id)
    meant = [one for one in choices if one.need and one.need.need_id == need]
    values = first_values(meant[0] if meant else None) | {"organisation_id": organisation}
    return await _page(request, here, staff, gathering_id, Filled(values))


@router.post("/staff/g/{gathering_id}/promise")
async def promise(
    gathering_id: str, request: Request, here: ServiceDep, staff: SignedIn, key: IdempotencyKey
) -> Response:
    staff.require("organiser", gathering_id)

    async def work(form: FormData) -> str:
        choices = await _choices(here, gathering_id)
        # What everybody may read is asked of who promises it.
        body = read_promise(form, choices, publication="none")
        pitch = pitch_chosen(form, choices)
        asked = promising(pitch.id, body, staff, None)
        who = _who(form)
        if who:
            asked = replace(asked, person_id=None)
        made = await enter(here, pitch, asked, staff, key, who=who)
        return f"/commitments/{made.body['id']}?done=entered"

    again = partial(_page, request, here, staff, gathering_id)
    return await answer_form(request, work, again, explain=explained)


def _who(form: FormData) -> Introduction | None:
    """Somebody who is not on the list; None if no name is typed."""
    if not any(form.one(name) for name in WHO):
        return None
    told = {name: form.one(name) for name in ("email", "phone")}
    return WhoBody.model_validate({"name": form.one("name") or ""} | told).who


async def _choices(here: Service, gathering_id: str) -> list[Toward]:
    found = await pitches_store.list_pitches(here.mongo, gathering_id, (states.Pitch.ACCEPTED,))
    return choices_of(found)


async def _page(
    request: Request, here: Service, staff: Staff, gathering_id: str, filled: Filled
) -> Response:
    staff.require("organiser", gathering_id)
    people = await named_attendees.list_first(here.mongo, gathering_id, PEOPLE_MAX)
    named = {one["organisation_id"]: one["organisation"] for one in people if one["organisation"]}
    return show_form(
        request,
        "staff_promise.html",
        filled,
        staff=staff,
        gathering=await gatherings.get(here.mongo, gathering_id),
        choices=await _choices(here, gathering_id),
        people={one["person_id"]: one["name"] for one in people},
        organisations=named,
    )

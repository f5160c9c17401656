"""Staff pages to enter a participant, and to see, change and cancel one on their behalf."""

from functools import partial

from doorpakken_plumbing.http.idempotency import IdempotencyKey
from doorpakken_plumbing.identity import acts
from doorpakken_plumbing.identity.staff import SignedIn, Staff
from doorpakken_plumbing.service import ServiceDep
from doorpakken_plumbing.time import clock
from fastapi import Request, Response

from doorpakken_registration.attendance import attendee_changes, attendee_lists, registration
from doorpakken_registration.attendance.check_in import Act, Change, decide
from doorpakken_registration.attendance.routes.details import (
    LISTING,
    AttendeeBody,
    DetailsBody,
    details_of,
    registration_of,
)
from doorpakken_registration.attendance.routes.details_form import MANY, details_in, interests_in
from doorpakken_registration.attendance.routes.my_details_page import known_details
from doorpakken_registration.following.routes.followers import WORDS
from doorpakken_registration.gatherings import attendees, gatherings
from doorpakken_registration.gatherings.model.attendee import Attendee
from doorpakken_registration.gatherings.model.gathering import Gathering
from doorpakken_registration.staff import acts_shown
from doorpakken_registration.web.form import FormData
from doorpakken_registration.web.form_page import Filled, answer_form, show_form
from doorpakken_registration.web.own_settings import SettingsDep
from doorpakken_registration.web.page import PAGES, pages_router, see_other

router = pages_router()

SENDS_LINK = "sends_link"


@router.get("/staff/g/{gathering_id}/participants/new")
async def begin(gathering_id: str, request: Request, here: ServiceDep, staff: SignedIn) -> Response:
    staff.require("organiser", gathering_id)
    gathering = await gatherings.get(here.mongo, gathering_id)
    return await _entering(request, gathering, staff, Filled({SENDS_LINK: "yes"}))


@router.post("/staff/g/{gathering_id}/participants/new")
async def enter(
    gathering_id: str,
    request: Request,
    here: ServiceDep,
    settings: SettingsDep,
    staff: SignedIn,
    key: IdempotencyKey,
) -> Response:
    staff.require("organiser", gathering_id)
    gathering = await gatherings.get(here.mongo, gathering_id)

    async def work(form: FormData) -> str:
        asked = registration_of(
            gathering_id,
            _body(form, gathering),
            listing_words=PAGES.text(request, LISTING),
            news_words=PAGES.text(request, WORDS),
            staff_id=staff.staff_id,
            links_per_hour=settings.links_per_hour,
            sends_link=bool(form.one(SENDS_LINK)),
        )
        lane = attendees.lane_of(gathering_id)
        made = await here.lanes.submit(lane, asked, registration.register, idempotency=key)
        return f"/staff/attendees/{made.body['id']}?saved=1"

    again = partial(_entering, request, gathering, staff)
    return await answer_form(request, work, again, many=MANY)


@router.get("/staff/attendees/{attendee_id}")
async def show(
    attendee_id: str, request: Request, here: ServiceDep, staff: SignedIn, saved: bool = False
) -> Response:
    attendee = await attendees.get(here.mongo, attendee_id)
    staff.require("reader", attendee.gathering_id)
    filled = Filled(await known_details(here, attendee))
    return await _page(request, here, attendee, staff, filled, is_saved=saved)


@router.post("/staff/attendees/{attendee_id}")
async def change(attendee_id: str, request: Request, here: ServiceDep, staff: SignedIn) -> Response:
    attendee = await attendees.get(here.mongo, attendee_id)
    staff.require("organiser", attendee.gathering_id)
    gathering = await gatherings.get(here.mongo, attendee.gathering_id)

    async def work(form: FormData) -> str:
        body = DetailsBody.model_validate(details_in(form, gathering) | interests_in(form))
        wanted = details_of(body, PAGES.text(request, LISTING))
        save = acts.noted(
            lambda tx: attendee_changes.change(tx, attendee_id, wanted),
            staff.staff_id,
            "details_changed",
            attendee_id,
            gathering_id=attendee.gathering_id,
            person_id=attendee.person_id,
        )
        await here.transact(save)
        return f"/staff/attendees/{attendee_id}?saved=1"

    again = partial(_page, request, here, attendee, staff)
    return await answer_form(request, work, again, many=MANY)


@router.post("/staff/g/{gathering_id}/participants/{attendee_id}/cancel")
async def cancel(
    gathering_id: str, attendee_id: str, here: ServiceDep, settings: SettingsDep, staff: SignedIn
) -> Response:
    attendee = await attendees.get(here.mongo, attendee_id)
    staff.require("organiser", attendee.gathering_id)
    asked = Change(attendee.gathering_id, attendee.id, Act.CANCEL, staff_id=staff.staff_id)
    await here.lanes.submit(attendees.lane_of(attendee.gathering_id), asked, decide)
    return see_other(settings, f"/staff/attendees/{attendee_id}")


def _body(form: FormData, gathering: Gathering) -> AttendeeBody:
    who = {
        "name": form.one("name") or "",
        "email": form.one("email"),
        "phone": form.one("phone"),
        "language": form.one("language") or "nl",
    }
    return AttendeeBody.model_validate(details_in(form, gathering) | who)


async def _entering(
    request: Request, gathering: Gathering, staff: Staff, filled: Filled
) -> Response:
    return show_form(request, "participant_new.html", filled, staff=staff, gathering=gathering)


async def _page(
    request: Request,
    here: ServiceDep,
    attendee: Attendee,
    staff: Staff,
    filled: Filled,
    *,
    is_saved: bool = False,
) -> Response:
    gathering = await gatherings.get(here.mongo, attendee.gathering_id)
    [shown] = await attendee_lists.list_shown(here.mongo, gathering.id, [attendee])
    return show_form(
        request,
        "participant.html",
        filled,
        staff=staff,
        gathering=gathering,
        one=shown,
        is_ahead=gathering.is_ahead(clock.now()),
        listing=PAGES.text(request, LISTING),
        may_organise=staff.may("organiser", gathering.id),
        acts=await acts_shown.on_object(here.mongo, attendee.id),
        is_saved=is_saved,
    )

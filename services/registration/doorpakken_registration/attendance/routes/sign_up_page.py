"""The public pages to find a gathering and sign up for it.
A form that the API would refuse is shown again as it was filled in."""

from functools import partial

from doorpakken_plumbing.http.idempotency import IdempotencyKey
from doorpakken_plumbing.identity.limits import in_a_hall
from doorpakken_plumbing.identity.staff import MaybeSignedIn
from doorpakken_plumbing.service import ServiceDep
from doorpakken_plumbing.time import clock
from fastapi import Request, Response

from doorpakken_registration.attendance import registration
from doorpakken_registration.attendance.routes.details import LISTING, AttendeeBody, registration_of
from doorpakken_registration.attendance.routes.details_form import MANY, details_in
from doorpakken_registration.following.routes.followers import WORDS
from doorpakken_registration.gatherings import attendees, gatherings, room
from doorpakken_registration.gatherings.model.gathering import Gathering
from doorpakken_registration.gatherings.routes.arrived import lead_to_thanks, show_thanks
from doorpakken_registration.gatherings.routes.calendar_page import subscription
from doorpakken_registration.gatherings.routes.gatherings import drafts_for
from doorpakken_registration.gatherings.store import attendees as attendees_store
from doorpakken_registration.gatherings.store import gatherings as store
from doorpakken_registration.people.routes.visitor import MaybeVisitor
from doorpakken_registration.pitches import order
from doorpakken_registration.web.even import even_time
from doorpakken_registration.web.form import FormData
from doorpakken_registration.web.form_page import Filled, answer_form, show_form
from doorpakken_registration.web.own_settings import SettingsDep
from doorpakken_registration.web.page import PAGES, pages_router
from doorpakken_registration.web.same_person import count_person

router = pages_router()


@router.get("/")
async def home(
    request: Request, here: ServiceDep, settings: SettingsDep, staff: MaybeSignedIn
) -> Response:
    found = await store.list_gatherings(here.mongo, drafts=drafts_for(staff))
    return PAGES.render(
        request,
        "home.html",
        gatherings=found,
        feed=subscription(settings, "/calendar.ics"),
        staff=staff,
        now=clock.now(),
    )


@router.get("/g/{gathering_id}")
async def show(gathering_id: str, request: Request, here: ServiceDep) -> Response:
    gathering = await gatherings.get_public(here.mongo, gathering_id)
    return await page(request, here, gathering, Filled())


@router.post("/g/{gathering_id}", dependencies=[in_a_hall("sign-up", each=2)])
async def sign_up(
    gathering_id: str,
    request: Request,
    here: ServiceDep,
    settings: SettingsDep,
    staff: MaybeSignedIn,
    visitor: MaybeVisitor,
    key: IdempotencyKey,
) -> Response:
    gathering = await gatherings.get_public(here.mongo, gathering_id)

    async def work(form: FormData) -> Response:
        body = _body(form, gathering)
        await count_person(
            request, staff, "sign-up", name=body.name, addresses=(body.email, body.phone)
        )
        asked = registration_of(
            gathering_id,
            body,
            listing_words=PAGES.text(request, LISTING),
            news_words=PAGES.text(request, WORDS),
            links_per_hour=settings.links_per_hour,
            visitor=visitor,
        )
        lane = attendees.lane_of(gathering_id)
        async with even_time():
            given = await here.lanes.submit(lane, asked, registration.register, idempotency=key)
        when_full = "?is_full=yes" if given == registration.RECEIVED_WHEN_FULL else ""
        return lead_to_thanks(settings, f"/g/{gathering_id}/thanks{when_full}", form)

    return await answer_form(request, work, partial(page, request, here, gathering), many=MANY)


@router.get("/g/{gathering_id}/thanks")
async def thanks(
    gathering_id: str, request: Request, here: ServiceDep, is_full: str | None = None
) -> Response:
    """The same for known and unknown people; differs only when the gathering was full."""
    gathering = await gatherings.get_public(here.mongo, gathering_id)
    return show_thanks(
        request, "sign_up_thanks.html", gathering=gathering, is_full=is_full is not None
    )


def _body(form: FormData, gathering: Gathering) -> AttendeeBody:
    return AttendeeBody.model_validate(
        details_in(form, gathering)
        | {
            "name": form.one("name") or "",
            "email": form.one("email"),
            "phone": form.one("phone"),
            "language": form.one("language") or "nl",
            "wants_news": bool(form.one("wants_news")),
        }
    )


async def page(
    request: Request,
    here: ServiceDep,
    gathering: Gathering,
    filled: Filled,
    *,
    is_preview: bool = False,
) -> Response:
    """`is_preview`: for staff, before it is published; its form cannot be sent."""
    return show_form(
        request,
        "sign_up.html",
        filled,
        gathering=gathering,
        is_preview=is_preview,
        coming=await attendees_store.count_by_kind(here.mongo, gathering.id),
        is_open=gathering.is_open(clock.now()),
        is_full=await room.is_full(here.mongo, gathering),
        is_ahead=not gathering.is_cancelled and clock.now() < gathering.starts_at,
        takes_pitches=gathering.takes_pitches(clock.now()),
        pitches=await order.list_in_order(here.mongo, gathering.id),
        listing=PAGES.text(request, LISTING),
        news=PAGES.text(request, WORDS),
    )

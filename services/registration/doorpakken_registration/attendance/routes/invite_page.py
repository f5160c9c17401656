"""Staff page to invite somebody to a gathering by name and e-mail."""

from functools import partial

from doorpakken_events.event import Language
from doorpakken_plumbing.http.idempotency import IdempotencyKey, once
from doorpakken_plumbing.identity.staff import SignedIn, Staff
from doorpakken_plumbing.service import ServiceDep
from fastapi import Request, Response

from doorpakken_registration.attendance import inviting
from doorpakken_registration.gatherings import gatherings
from doorpakken_registration.gatherings.model.gathering import Gathering
from doorpakken_registration.people.model.person import Introduction
from doorpakken_registration.web.fields import Body, Email, Name
from doorpakken_registration.web.form import FormData
from doorpakken_registration.web.form_page import Filled, answer_form, as_done, show_form
from doorpakken_registration.web.page import pages_router

router = pages_router()


class InviteBody(Body):
    """Who gets the mail."""

    name: Name
    email: Email
    language: Language = "nl"


@router.get("/staff/g/{gathering_id}/participants/invite")
async def show(
    gathering_id: str, request: Request, here: ServiceDep, staff: SignedIn, sent: bool = False
) -> Response:
    staff.require("organiser", gathering_id)
    gathering = await gatherings.get(here.mongo, gathering_id)
    return await _page(request, gathering, staff, Filled(), is_sent=sent)


@router.post("/staff/g/{gathering_id}/participants/invite")
async def invite(
    gathering_id: str, request: Request, here: ServiceDep, staff: SignedIn, key: IdempotencyKey
) -> Response:
    staff.require("organiser", gathering_id)
    gathering = await gatherings.get(here.mongo, gathering_id)

    async def work(form: FormData) -> str:
        typed = {one: form.one(one) or "" for one in ("name", "email")}
        body = InviteBody.model_validate(typed | {"language": form.one("language") or "nl"})
        who = Introduction(body.name, body.email, None, body.language)
        done = as_done(lambda tx: inviting.invite(tx, gathering_id, who, staff.staff_id))
        await once(here, key, done)
        return f"/staff/g/{gathering_id}/participants/invite?sent=1"

    return await answer_form(request, work, partial(_page, request, gathering, staff))


async def _page(
    request: Request, gathering: Gathering, staff: Staff, filled: Filled, *, is_sent: bool = False
) -> Response:
    return show_form(
        request, "invite.html", filled, staff=staff, gathering=gathering, is_sent=is_sent
    )

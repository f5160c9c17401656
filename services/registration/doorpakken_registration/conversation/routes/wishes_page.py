"""Page on which a visitor chooses the pitches they want to work on.
Refuses the same pitch twice, and shows the form again with the choices."""

from doorpakken_plumbing.http.errors import NotFound
from doorpakken_plumbing.service import ServiceDep
from fastapi import Request, Response

from doorpakken_registration.conversation import wishes
from doorpakken_registration.conversation.model.wishes import WISHES_MAX
from doorpakken_registration.gatherings import gatherings
from doorpakken_registration.gatherings.model.attendee import Attendee
from doorpakken_registration.gatherings.store import attendees as attendees_store
from doorpakken_registration.people.model.person import Person
from doorpakken_registration.people.routes.visitor import Visitor
from doorpakken_registration.web.form import FormData
from doorpakken_registration.web.own_settings import SettingsDep
from doorpakken_registration.web.page import PAGES, Errors, errors_of, pages_router, see_other

router = pages_router()

CHOICES = tuple(f"choice.{at}" for at in range(1, WISHES_MAX + 1))


@router.get("/me/wishes/{gathering_id}")
async def show(
    gathering_id: str, request: Request, here: ServiceDep, visitor: Visitor, saved: bool = False
) -> Response:
    attendee = await _attendee(here, gathering_id, visitor)
    said = (await wishes.of(here.mongo, attendee)).pitch_ids
    return await _page(request, here, attendee, said, [], is_saved=saved)


@router.post("/me/wishes/{gathering_id}")
async def say(
    gathering_id: str, request: Request, here: ServiceDep, settings: SettingsDep, visitor: Visitor
) -> Response:
    attendee = await _attendee(here, gathering_id, visitor)
    form = await FormData.read(request)
    chosen = tuple(form.one(name) or "" for name in CHOICES)
    try:
        await here.transact(lambda tx: wishes.say(tx, attendee.id, in_order(form)))
    except (wishes.NotTakingPart, wishes.NotOneOfThePitches) as refusal:
        return await _page(request, here, attendee, chosen, errors_of(refusal))
    return see_other(settings, f"/me/wishes/{gathering_id}?saved=1")


def in_order(form: FormData) -> tuple[str, ...]:
    """The choices without gaps: a second choice without a first one becomes the first."""
    return tuple(one for one in map(form.one, CHOICES) if one)


async def _attendee(here: ServiceDep, gathering_id: str, visitor: Person) -> Attendee:
    found = await attendees_store.find_attendee_of(here.mongo, gathering_id, visitor.id)
    if found is None:
        raise NotFound("You are not registered at this gathering.")
    return found


async def _page(
    request: Request,
    here: ServiceDep,
    attendee: Attendee,
    chosen: tuple[str, ...],
    errors: Errors,
    *,
    is_saved: bool = False,
) -> Response:
    return PAGES.render(
        request,
        "wishes.html",
        status=422 if errors else 200,
        gathering=await gatherings.get(here.mongo, attendee.gathering_id),
        choices=await wishes.list_choices(here.mongo, attendee.gathering_id),
        chosen=dict(zip(CHOICES, chosen, strict=False)),
        names=CHOICES,
        is_saved=is_saved,
        errors=errors,
    )

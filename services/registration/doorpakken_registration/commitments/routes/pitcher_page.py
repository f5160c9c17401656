"""How far each need of a pitch came, for who pitch it, with what waits for their yes; and the form
to ask less of it or to close it, for them and for staff. Shows the form again, with the errors,
where the API would reject it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial

from doorpakken_plumbing.http.errors import NotFound
from doorpakken_plumbing.http.idempotency import IdempotencyKey, Key
from doorpakken_plumbing.identity.staff import SignedIn, Staff
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.service import Service, ServiceDep
from fastapi import Request, Response

from doorpakken_registration.commitments import who
from doorpakken_registration.commitments.model.commitment import State
from doorpakken_registration.commitments.store import commitments as store
from doorpakken_registration.gatherings import gatherings
from doorpakken_registration.people.model.person import Person
from doorpakken_registration.people.routes.visitor import Visitor
from doorpakken_registration.pitches import closing, needs, pitch_lane, pitches
from doorpakken_registration.pitches.model.pitch import Need, Pitch
from doorpakken_registration.pitches.routes.acting import note
from doorpakken_registration.pitches.routes.closing import REASONS
from doorpakken_registration.pitches.routes.needs_form import amount_of
from doorpakken_registration.pitches.routes.needs_page import find_need
from doorpakken_registration.web.form import FormData, Mistyped
from doorpakken_registration.web.form_page import Filled, answer_form, as_done, show_form
from doorpakken_registration.web.page import PAGES, pages_router

router = pages_router()

LESS = "less"


@router.get("/me/pitches/{pitch_id}/needs")
async def show(pitch_id: str, request: Request, here: ServiceDep, visitor: Visitor) -> Response:
    pitch = await _theirs(here, pitch_id, visitor)
    found = await store.list_of_pitch(here.mongo, pitch_id)
    promises = [one for one in found if one.state is not State.ENDED]
    return PAGES.render(
        request,
        "my_needs.html",
        pitch=pitch,
        needs=await needs.covered_needs_of(here.mongo, pitch),
        promises=promises,
        to_confirm=[one for one in promises if one.state is State.DELIVERED],
        who=await who.behind(here.mongo, promises),
    )


@router.get("/me/pitches/{pitch_id}/needs/{need_id}")
async def show_need(
    pitch_id: str, need_id: str, request: Request, here: ServiceDep, visitor: Visitor
) -> Response:
    pitch = await _theirs(here, pitch_id, visitor)
    return await _form(request, here, pitch, _need(pitch, need_id), None, Filled())


@router.post("/me/pitches/{pitch_id}/needs/{need_id}")
async def change_need(
    pitch_id: str,
    need_id: str,
    request: Request,
    here: ServiceDep,
    visitor: Visitor,
    key: IdempotencyKey,
) -> Response:
    pitch = await _theirs(here, pitch_id, visitor)
    actor = Actor(visitor.id, None, key)
    return await _answer(request, here, pitch, _need(pitch, need_id), actor)


@router.get("/staff/g/{gathering_id}/needs/{need_id}")
async def show_need_to_staff(
    gathering_id: str, need_id: str, request: Request, here: ServiceDep, staff: SignedIn
) -> Response:
    staff.require("organiser", gathering_id)
    pitch, need = await find_need(here.mongo, gathering_id, need_id)
    return await _form(request, here, pitch, need, staff, Filled())


@router.post("/staff/g/{gathering_id}/needs/{need_id}")
async def change_need_by_staff(
    gathering_id: str,
    need_id: str,
    request: Request,
    here: ServiceDep,
    staff: SignedIn,
    key: IdempotencyKey,
) -> Response:
    staff.require("organiser", gathering_id)
    pitch, need = await find_need(here.mongo, gathering_id, need_id)
    return await _answer(request, here, pitch, need, Actor(None, staff, key))


@dataclass(frozen=True)
class Actor:
    """Who changes a need: who pitch it, or staff for them."""

    by: str | None
    staff: Staff | None
    key: Key | None = None

    def back_to(self, pitch: Pitch) -> str:
        if self.staff:
            return f"/staff/g/{pitch.gathering_id}/promises"
        return f"/me/pitches/{pitch.id}/needs"

    def path_of(self, pitch: Pitch, need: Need) -> str:
        place = f"/staff/g/{pitch.gathering_id}" if self.staff else f"/me/pitches/{pitch.id}"
        return f"{place}/needs/{need.need_id}"


Change = Callable[[Transaction, str, str, str | None], Awaitable[Pitch]]


async def _answer(
    request: Request, here: Service, pitch: Pitch, need: Need, actor: Actor
) -> Response:
    async def work(form: FormData) -> str:
        change, did = _change_in(form, need)

        async def changed(tx: Transaction) -> None:
            after = await change(tx, pitch.id, need.need_id, actor.by)
            await note(tx, (actor.staff, did), after)

        await pitch_lane.submit(here.lanes, pitch.gathering_id, as_done(changed), actor.key)
        return actor.back_to(pitch)

    again = partial(_form, request, here, pitch, need, actor.staff)
    return await answer_form(request, work, again)


def _change_in(form: FormData, need: Need) -> tuple[Change, str]:
    """Raises Mistyped."""
    why = form.one("closing_reason") or ""
    if why == LESS:
        amount = amount_of(form.one("amount"), need.unit)
        if not amount:
            raise Mistyped(["amount"])

        async def lower(tx: Transaction, pitch_id: str, need_id: str, by: str | None) -> Pitch:
            return await closing.lower(tx, pitch_id, need_id, amount, by)

        return lower, "need_lowered"
    if why not in REASONS:
        raise Mistyped(["closing_reason"])

    async def close(tx: Transaction, pitch_id: str, need_id: str, by: str | None) -> Pitch:
        return await closing.close(tx, pitch_id, need_id, why, by)

    return close, "need_closed"


async def _theirs(here: Service, pitch_id: str, visitor: Person) -> Pitch:
    pitch = await pitches.get(here.mongo, pitch_id)
    if visitor.id not in pitch.pitchers:
        raise pitches.NotYourPitch("Only who pitch this see and change it.")
    return pitch


def _need(pitch: Pitch, need_id: str) -> Need:
    found = next((one for one in pitch.needs if one.need_id == need_id), None)
    if found is None:
        raise NotFound("This pitch has no such need.")
    return found


async def _form(
    request: Request, here: Service, pitch: Pitch, need: Need, staff: Staff | None, filled: Filled
) -> Response:
    covered = await needs.covered_needs_of(here.mongo, pitch)
    actor = Actor(None, staff)
    return show_form(
        request,
        "need_change.html",
        filled,
        pitch=pitch,
        covered=next(one for one in covered if one.need.need_id == need.need_id),
        action=actor.path_of(pitch, need),
        back=actor.back_to(pitch),
        staff=staff,
        gathering=await gatherings.get(here.mongo, pitch.gathering_id) if staff else None,
    )

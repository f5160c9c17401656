"""The pages of staff about the promises of a gathering: the board, what to talk about next time,
and taking a pitch along to the next gathering."""

from doorpakken_plumbing.http.idempotency import IdempotencyKey
from doorpakken_plumbing.identity.staff import SignedIn, Staff
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import Documents
from doorpakken_plumbing.service import Service, ServiceDep
from doorpakken_plumbing.time import clock
from fastapi import Request, Response

from doorpakken_registration.commitments import agendas, boards
from doorpakken_registration.gatherings import gatherings
from doorpakken_registration.gatherings.model.gathering import Gathering
from doorpakken_registration.gatherings.store import gatherings as gatherings_store
from doorpakken_registration.pitches import carrying, pitch_lane, pitches
from doorpakken_registration.pitches.routes.acting import note
from doorpakken_registration.web.form import FormData, Mistyped
from doorpakken_registration.web.form_page import Filled, answer_form, as_done, show_form
from doorpakken_registration.web.page import PAGES, pages_router

router = pages_router()


@router.get("/staff/g/{gathering_id}/promises")
async def show(gathering_id: str, request: Request, here: ServiceDep, staff: SignedIn) -> Response:
    staff.require("organiser", gathering_id)
    return PAGES.render(
        request,
        "staff_promises.html",
        staff=staff,
        gathering=await gatherings.get(here.mongo, gathering_id),
        board=await boards.of(here.mongo, gathering_id, clock.now()),
    )


@router.get("/staff/g/{gathering_id}/agenda")
async def show_agenda(
    gathering_id: str, request: Request, here: ServiceDep, staff: SignedIn
) -> Response:
    staff.require("organiser", gathering_id)
    return await _agenda(request, here, staff, gathering_id, Filled())


@router.post("/staff/g/{gathering_id}/pitches/{pitch_id}/carry-over")
async def carry_over(
    gathering_id: str,
    pitch_id: str,
    request: Request,
    here: ServiceDep,
    staff: SignedIn,
    key: IdempotencyKey,
) -> Response:
    pitch = await pitches.get(here.mongo, pitch_id)
    staff.require("organiser", pitch.gathering_id)

    async def work(form: FormData) -> str:
        to = form.one("next_gathering_id")
        if to is None:
            raise Mistyped(["next_gathering_id"])
        staff.require("organiser", to)

        async def carried(tx: Transaction) -> None:
            await carrying.carry_over(tx, pitch_id, to)
            await note(tx, (staff, "pitch_carried_over"), pitch)

        await pitch_lane.submit(here.lanes, pitch.gathering_id, as_done(carried), key)
        return f"/staff/g/{to}/pitches"

    async def again(filled: Filled) -> Response:
        return await _agenda(request, here, staff, gathering_id, filled)

    return await answer_form(request, work, again)


async def _agenda(
    request: Request, here: Service, staff: Staff, gathering_id: str, filled: Filled
) -> Response:
    gathering = await gatherings.get(here.mongo, gathering_id)
    return show_form(
        request,
        "agenda.html",
        filled,
        staff=staff,
        gathering=gathering,
        talk=await agendas.after(here.mongo, gathering),
        following=await _ahead(here.mongo, staff, gathering),
    )


async def _ahead(documents: Documents, staff: Staff, gathering: Gathering) -> list[Gathering]:
    """Where a pitch may go on; those that follow this gathering come first."""
    now = clock.now()
    found = await gatherings_store.list_published(documents, now)
    ahead = [one for one in found if one.is_ahead(now) and one.id != gathering.id]
    theirs = [one for one in ahead if staff.may("organiser", one.id)]
    return sorted(theirs, key=lambda one: (one.continues != gathering.id, one.starts_at))

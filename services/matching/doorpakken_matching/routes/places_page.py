"""The pages of a gathering's rooms and times, where organisers add, change and remove them. A form
is shown again where the API would reject it; the sessions that stand in the way are named."""

from collections import defaultdict
from collections.abc import Awaitable, Callable
from typing import Any

from doorpakken_events.event import in_utc
from doorpakken_events.registration import GatheringState
from doorpakken_pages.language import language_of
from doorpakken_pages.moments import day_time, local
from doorpakken_pages.page_route import pages_router
from doorpakken_plumbing.http.errors import Conflict, Invalid
from doorpakken_plumbing.http.etags import ChangedMeanwhile, Seen, digest_of
from doorpakken_plumbing.http.idempotency import IdempotencyKey, StoredResponse, once
from doorpakken_plumbing.identity.staff import SignedIn, Staff
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.service import Service, ServiceDep
from doorpakken_plumbing.time import clock
from fastapi import Request
from pydantic import ValidationError
from starlette.responses import RedirectResponse, Response
from uuid_utils import uuid7

from doorpakken_matching import acts_shown, rooms, slots
from doorpakken_matching.board import read_overview
from doorpakken_matching.gatherings import get_gathering
from doorpakken_matching.model.places import Room, Slot
from doorpakken_matching.routes.door import ORGANISER, PlaceId, Planned, Readable, SettingsDep
from doorpakken_matching.routes.form import Filled, Mistyped, again, read_form, times_of
from doorpakken_matching.routes.pages import pages
from doorpakken_matching.routes.rooms import NewRoom
from doorpakken_matching.settings import Settings
from doorpakken_matching.standing import Standing, list_standing
from doorpakken_matching.store import check_in_barrier, places

router = pages_router(pages)
Work = Callable[[Transaction], Awaitable[object]]
REFUSED = (Conflict, Invalid, ChangedMeanwhile, ValidationError, Mistyped)


@router.get("/g/{gathering_id}/rooms")
async def show(
    gathering_id: Readable, request: Request, service: ServiceDep, staff: SignedIn
) -> Response:
    gathering = await get_gathering(service.mongo, gathering_id)
    return await _all(request, service, staff, gathering, {})


@router.post("/g/{gathering_id}/rooms")
async def add_room(
    gathering: Planned,
    request: Request,
    service: ServiceDep,
    settings: SettingsDep,
    staff: SignedIn,
    key: IdempotencyKey,
) -> Response:
    form = await read_form(request)
    try:
        fields = _room_of(form)

        async def work(tx: Transaction) -> StoredResponse:
            await rooms.add_room(tx, gathering.gathering_id, staff.staff_id, **fields)
            return StoredResponse(201)

        await once(service, key, work)
    except REFUSED as problem:
        return await _all(request, service, staff, gathering, {"room": again(form, problem)})
    return _back(settings, gathering, "#rooms")


@router.post("/g/{gathering_id}/slots")
async def add_slot(
    gathering: Planned,
    request: Request,
    service: ServiceDep,
    settings: SettingsDep,
    staff: SignedIn,
    key: IdempotencyKey,
) -> Response:
    form = await read_form(request)
    try:
        begin, end = times_of(form)

        async def work(tx: Transaction) -> StoredResponse:
            await slots.add_slot(
                tx, gathering, staff.staff_id, starts_at=in_utc(begin), ends_at=in_utc(end)
            )
            return StoredResponse(201)

        await once(service, key, work)
    except REFUSED as problem:
        return await _all(request, service, staff, gathering, {"slot": again(form, problem)})
    return _back(settings, gathering, "#slots")


@router.get("/g/{gathering_id}/rooms/{room_id}")
async def show_room(
    gathering: Planned, room_id: PlaceId, request: Request, service: ServiceDep, staff: SignedIn
) -> Response:
    room = await rooms.get_room(service.mongo, gathering.gathering_id, room_id)
    filled = Filled(_typed_room(room))
    return await _one(request, service, staff, gathering, "room.html", filled, room)


@router.get("/g/{gathering_id}/slots/{slot_id}")
async def show_slot(
    gathering: Planned, slot_id: PlaceId, request: Request, service: ServiceDep, staff: SignedIn
) -> Response:
    slot = await slots.get_slot(service.mongo, gathering.gathering_id, slot_id)
    filled = Filled(_typed_slot(slot))
    return await _one(request, service, staff, gathering, "slot.html", filled, slot)


@router.post("/g/{gathering_id}/rooms/{room_id}")
async def change_room(
    gathering: Planned,
    room_id: PlaceId,
    request: Request,
    service: ServiceDep,
    settings: SettingsDep,
    staff: SignedIn,
) -> Response:
    """Removes the room where the button to remove it was pressed."""
    form = await read_form(request)

    async def work(tx: Transaction) -> None:
        room = await rooms.get_room(tx, gathering.gathering_id, room_id)
        _seen(form).check(room)
        if form.get("act") == "remove":
            await rooms.remove_room(tx, gathering.gathering_id, staff.staff_id, room)
        else:
            await rooms.change_room(
                tx, gathering.gathering_id, staff.staff_id, room, **_room_of(form)
            )

    try:
        await service.transact(work)
    except REFUSED as problem:
        room = await rooms.get_room(service.mongo, gathering.gathering_id, room_id)
        filled = again(form, problem)
        return await _one(request, service, staff, gathering, "room.html", filled, room)
    return _back(settings, gathering, "#rooms")


@router.post("/g/{gathering_id}/slots/{slot_id}")
async def change_slot(
    gathering: Planned,
    slot_id: PlaceId,
    request: Request,
    service: ServiceDep,
    settings: SettingsDep,
    staff: SignedIn,
) -> Response:
    """Removes the slot where the button to remove it was pressed."""
    form = await read_form(request)

    async def work(tx: Transaction) -> None:
        slot = await slots.get_slot(tx, gathering.gathering_id, slot_id)
        _seen(form).check(slot)
        if form.get("act") == "remove":
            await slots.remove_slot(tx, gathering.gathering_id, staff.staff_id, slot)
            return
        begin, end = times_of(form)
        await slots.change_slot(
            tx, gathering, staff.staff_id, slot, starts_at=in_utc(begin), ends_at=in_utc(end)
        )

    try:
        await service.transact(work)
    except REFUSED as problem:
        slot = await slots.get_slot(service.mongo, gathering.gathering_id, slot_id)
        filled = again(form, problem)
        return await _one(request, service, staff, gathering, "slot.html", filled, slot)
    return _back(settings, gathering, "#slots")


def _room_of(form: dict[str, str]) -> dict[str, Any]:
    """Raises ValidationError."""
    fields = {name: form.get(name, "") for name in ("name", "capacity", "address")}
    body = NewRoom.model_validate({**fields, "link": form.get("link") or None})
    return body.model_dump(mode="json")


def _typed_room(room: Room) -> dict[str, Any]:
    return room.model_dump(include={"name", "capacity", "address", "link"})


def _typed_slot(slot: Slot) -> dict[str, str]:
    begin, end = local(slot.starts_at), local(slot.ends_at)
    return {"day": f"{begin:%Y-%m-%d}", "begin": f"{begin:%H:%M}", "end": f"{end:%H:%M}"}


def _seen(form: dict[str, str]) -> Seen:
    return Seen(frozenset([form.get("seen", "")]))


async def _all(
    request: Request,
    service: Service,
    staff: Staff,
    gathering: GatheringState,
    filled: dict[str, Filled],
) -> Response:
    gathering_id = gathering.gathering_id
    by_place: defaultdict[str, list[Standing]] = defaultdict(list)
    for one in await list_standing(service.mongo, gathering_id):
        by_place[one.room_id].append(one)
        by_place[one.slot_id].append(one)
    listed = await places.list_rooms(service.mongo, gathering_id)
    times = await places.list_slots(service.mongo, gathering_id)
    titles = {one.room_id: one.name for one in listed} | {
        one.slot_id: day_time(one.starts_at, language_of(request)) for one in times
    }
    return pages.render(
        request,
        "rooms.html",
        status=422 if filled else 200,
        staff=staff,
        gathering=gathering,
        overview=await read_overview(service.mongo, gathering, now=clock.now()),
        rooms=listed,
        slots=times,
        standing=by_place,
        run_id=await check_in_barrier.find_published_run(service.mongo, gathering_id),
        is_organiser=staff.may(ORGANISER, gathering_id),
        room=filled.get("room", Filled()),
        slot=filled.get("slot", Filled()),
        key=str(uuid7()),
        acts=await acts_shown.on_places(service.mongo, gathering_id, titles),
    )


async def _one(
    request: Request,
    service: Service,
    staff: Staff,
    gathering: GatheringState,
    template: str,
    filled: Filled,
    place: Room | Slot,
) -> Response:
    refusal = filled.refusal
    return pages.render(
        request,
        template,
        status=refusal.status if refusal else 422 if filled.errors else 200,
        staff=staff,
        gathering=gathering,
        place=place,
        values=filled.values,
        errors=filled.errors,
        seen=digest_of(place),
        refused=refusal.slug if refusal else None,
        in_the_way=refusal.extra.get("sessions", []) if refusal else [],
        run_id=await check_in_barrier.find_published_run(service.mongo, gathering.gathering_id),
        acts=await acts_shown.on_place(
            service.mongo, place.room_id if isinstance(place, Room) else place.slot_id
        ),
    )


def _back(settings: Settings, gathering: GatheringState, at: str) -> Response:
    path = f"g/{gathering.gathering_id}/rooms{at}"
    return RedirectResponse(f"{settings.public_url}/{path}", status_code=303)

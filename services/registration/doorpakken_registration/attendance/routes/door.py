"""HTTP endpoints of the door: the list that a phone keeps, the scans it made, and walk-ins."""

from datetime import datetime
from typing import Annotated

from doorpakken_events.words import Kind
from doorpakken_plumbing.http.idempotency import IdempotencyKey
from doorpakken_plumbing.http.openapi import problems
from doorpakken_plumbing.identity.staff import SignedIn
from doorpakken_plumbing.service import ServiceDep
from fastapi import APIRouter, Response
from pydantic import BaseModel, Field

from doorpakken_registration.attendance import door, registration, scans
from doorpakken_registration.attendance.model.registration import Registration
from doorpakken_registration.attendance.routes.attendees import AttendeeMade
from doorpakken_registration.gatherings import attendees, gatherings
from doorpakken_registration.gatherings.model.attendee import Details
from doorpakken_registration.gatherings.model.private_details import Told
from doorpakken_registration.people.model.person import Introduction
from doorpakken_registration.web.fields import Body, Email, Moment, Name, Phone
from doorpakken_registration.web.own_settings import SettingsDep

router = APIRouter(prefix="/api/v1/gatherings/{gathering_id}", tags=["door"])

SCANS_MAX = 200


class ExpectedView(BaseModel):
    """Somebody who is expected, or inside."""

    name: str
    kind: str
    code: str


class DoorList(BaseModel):
    """Everybody who did not cancel, sorted by name."""

    items: list[ExpectedView]


class ScanBody(Body):
    """A code that was read or typed at the door, and when, by the clock of the phone."""

    code: str = Field(max_length=40)
    scanned_at: Moment


class ScansBody(Body):
    """The scans of a phone. From `sent_at`, by the clock of the phone, it follows how far that
    clock is ahead or behind."""

    sent_at: Moment
    scans: Annotated[tuple[ScanBody, ...], Field(min_length=1, max_length=SCANS_MAX)]


class ScanView(BaseModel):
    """What came of one scan. `already_inside`: another one was first."""

    code: str
    scanned_at: datetime
    result: scans.Result
    name: str | None


class ScanList(BaseModel):
    """In the order of the scans."""

    items: list[ScanView]


class WalkInBody(Body):
    """Somebody who comes in without having signed up; an address is not needed."""

    name: Name
    kind: Kind
    email: Email | None = None
    phone: Phone | None = None

    def registration(self, gathering_id: str, staff_id: str, links_per_hour: int) -> Registration:
        """They are there: no mail says that they have a place."""
        return Registration(
            gathering_id=gathering_id,
            who=Introduction(self.name, self.email, self.phone, "nl"),
            details=Details(self.kind, None, (), (), (), Told(), is_listed=False, listing_words=""),
            staff_id=staff_id,
            links_per_hour=links_per_hour,
            sends_link=False,
            is_here=True,
        )


@router.get("/door-list", summary="List who is expected, with codes", responses=problems(403, 404))
async def list_expected(
    gathering_id: str, here: ServiceDep, settings: SettingsDep, staff: SignedIn
) -> DoorList:
    """For staff at the door: names, kinds and codes, and nothing else of anybody."""
    staff.require("door", gathering_id)
    await gatherings.get(here.mongo, gathering_id)
    found = await door.list_expected(here.mongo, settings.links, gathering_id)
    return DoorList(
        items=[ExpectedView(name=one.name, kind=one.kind, code=one.code) for one in found]
    )


@router.post("/scans", summary="Send what a phone scanned", responses=problems(403, 404, 409))
async def take_scans(
    gathering_id: str, body: ScansBody, here: ServiceDep, settings: SettingsDep, staff: SignedIn
) -> ScanList:
    """Checks in at the time of the scan, not before the gathering's day. Of two scans of one person
    the first to arrive counts and both are kept. Sent again, a scan is answered alike and counts
    once, so this needs no `Idempotency-Key`."""
    staff.require("door", gathering_id)
    await gatherings.get(here.mongo, gathering_id)
    taking = scans.Door(gathering_id, here.mongo, here.lanes, settings.links, staff.staff_id)
    read = [scans.Scanned(one.code, one.scanned_at) for one in body.scans]
    return ScanList(
        items=[
            ScanView(
                code=one.scanned.code,
                scanned_at=one.scanned.phone_time,
                result=one.result,
                name=one.who.name if one.who else None,
            )
            for one in await taking.take(read, body.sent_at)
        ]
    )


@router.post(
    "/walk-ins",
    status_code=201,
    summary="Register somebody who walks in, and check them in",
    response_model=AttendeeMade,
    responses=problems(403, 404, 409),
)
async def walk_in(
    gathering_id: str,
    body: WalkInBody,
    here: ServiceDep,
    settings: SettingsDep,
    staff: SignedIn,
    key: IdempotencyKey,
) -> Response:
    """Also in a full gathering. Who turns out to be registered is checked in."""
    staff.require("door", gathering_id)
    asked = body.registration(gathering_id, staff.staff_id, settings.links_per_hour)
    lane = attendees.lane_of(gathering_id)
    return (await here.lanes.submit(lane, asked, registration.register, idempotency=key)).response()

"""Waves over HTTP: what they hold, how their mails stand, and their release."""

from doorpakken_plumbing.service import Here
from doorpakken_plumbing.staff import SignedIn
from fastapi import APIRouter
from pydantic import BaseModel

from doorpakken_notification import waves
from doorpakken_notification.routes.door import READER, Readable, Releasable
from doorpakken_notification.waves import Wave

router = APIRouter(prefix="/api/v1/waves", tags=["waves"])


class WaveList(BaseModel):
    """Waves, the newest first."""

    items: list[Wave]


@router.get("")
async def list_waves(service: Here, staff: SignedIn) -> WaveList:
    """All waves this member of staff may see."""
    found = await waves.list_waves(service.mongo)
    return WaveList(items=[wave for wave in found if staff.may(READER, wave.gathering_id)])


@router.get("/{wave_id}")
async def get_wave(wave: Readable) -> Wave:
    """One wave with its figures by state of delivery."""
    return wave


@router.post("/{wave_id}/release")
async def release_wave(wave: Releasable, service: Here) -> Wave:
    """Lets its invitations go; 409 `wave-incomplete` while recommendations are missing."""
    return await service.transact(lambda tx: waves.release(tx, wave.wave_id))

"""HTTP API for waves: their figures, the state of their mails, release and letters."""

from doorpakken_plumbing.identity.staff import SignedIn
from doorpakken_plumbing.service import ServiceDep
from fastapi import APIRouter, Response
from pydantic import BaseModel

from doorpakken_notification import waves
from doorpakken_notification.letters import letters_of
from doorpakken_notification.routes.door import READER, Readable, Releasable, SettingsDep
from doorpakken_notification.waves import Wave

FILE_NAME = "brieven.pdf"

router = APIRouter(prefix="/api/v1/waves", tags=["waves"])


class Letters(Response):
    """Pages of letters to print."""

    media_type = "application/pdf"


class WaveList(BaseModel):
    """Waves, the newest first."""

    items: list[Wave]


@router.get("")
async def list_waves(service: ServiceDep, staff: SignedIn) -> WaveList:
    """All waves this member of staff may see."""
    found = await waves.list_waves(service.mongo)
    return WaveList(items=[wave for wave in found if staff.may(READER, wave.gathering_id)])


@router.get("/{wave_id}")
async def get_wave(wave: Readable) -> Wave:
    """One wave with its figures by state of delivery."""
    return wave


@router.post("/{wave_id}/release")
async def release_wave(wave: Releasable, service: ServiceDep, staff: SignedIn) -> Wave:
    """Lets its invitations go; 409 `wave-incomplete` while recommendations are missing, and
    `hosts-missing` with `session_ids` while a session has nobody who agreed to lead it."""
    return await service.transact(lambda tx: waves.release(tx, wave.wave_id, staff.staff_id))


@router.get("/{wave_id}/letters", response_class=Letters)
async def get_letters(wave: Releasable, service: ServiceDep, settings: SettingsDep) -> Response:
    """A PDF with a letter to everybody without an e-mail address; each has its personal link. Only
    for who may release the wave, and 404 while there is nobody to write to."""
    pdf = await letters_of(service.mongo, wave, settings)
    name = f'inline; filename="{FILE_NAME}"'
    headers = {"content-disposition": name, "cache-control": "no-store"}
    return Letters(pdf, headers=headers)

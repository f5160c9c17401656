"""Dependencies of the endpoints: settings, pages, and a wave that staff may see or release."""

from typing import Annotated

from doorpakken_events.registration import GatheringState
from doorpakken_pages import Pages
from doorpakken_plumbing.http.errors import NotFound
from doorpakken_plumbing.identity.staff import SignedIn, Staff
from doorpakken_plumbing.messaging import newest
from doorpakken_plumbing.service import Service, ServiceDep, settings_of
from fastapi import Depends, Path

from doorpakken_notification import waves
from doorpakken_notification.settings import Settings
from doorpakken_notification.waves import Wave

ORGANISER, READER = "organiser", "reader"
PAGES = Pages("doorpakken_notification")

SettingsDep = Annotated[Settings, Depends(settings_of(Settings))]
WaveId = Annotated[str, Path(min_length=1, max_length=80)]


async def readable_wave(wave_id: WaveId, service: ServiceDep, staff: SignedIn) -> Wave:
    wave = await waves.get_wave(service.mongo, wave_id)
    staff.require(READER, wave.gathering_id)
    return wave


async def releasable_wave(wave_id: WaveId, service: ServiceDep, staff: SignedIn) -> Wave:
    wave = await waves.get_wave(service.mongo, wave_id)
    staff.require(ORGANISER, wave.gathering_id)
    return wave


async def gathering_of(service: Service, wave: Wave) -> GatheringState | None:
    return await newest.find(service.mongo, GatheringState, wave.gathering_id)


async def readable_gathering(service: Service, staff: Staff, gathering_id: str) -> GatheringState:
    staff.require(READER, gathering_id)
    gathering = await newest.find(service.mongo, GatheringState, gathering_id)
    if gathering is None:
        raise NotFound("There is no gathering with this id.")
    return gathering


Readable = Annotated[Wave, Depends(readable_wave)]
Releasable = Annotated[Wave, Depends(releasable_wave)]

"""Dependencies of the endpoints of matching: the settings, and a gathering whose plan staff may
read or change."""

from typing import Annotated

from doorpakken_events.event import Id
from doorpakken_events.registration import GatheringState
from doorpakken_plumbing.identity.staff import SignedIn
from doorpakken_plumbing.service import ServiceDep, settings_of
from fastapi import Depends, Path
from pydantic import BaseModel, ConfigDict

from doorpakken_matching.gatherings import await_gathering
from doorpakken_matching.settings import Settings

API = "/api/v1"
ORGANISER, READER = "organiser", "reader"

own_settings = settings_of(Settings)
SettingsDep = Annotated[Settings, Depends(own_settings)]
GatheringId = Annotated[Id, Path()]
PlaceId = Annotated[Id, Path()]
RunId = Annotated[str, Path(min_length=1, max_length=80)]


class Body(BaseModel):
    """A request's body; an unknown field is refused."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


async def planned_gathering(
    gathering_id: GatheringId, service: ServiceDep, staff: SignedIn, settings: SettingsDep
) -> GatheringState:
    staff.require(ORGANISER, gathering_id)
    return await await_gathering(
        service.mongo, gathering_id, wait_seconds=settings.gathering_wait_seconds
    )


Planned = Annotated[GatheringState, Depends(planned_gathering)]


async def readable_gathering(
    gathering_id: GatheringId, service: ServiceDep, staff: SignedIn
) -> str:
    staff.require(READER, gathering_id)
    return gathering_id


Readable = Annotated[str, Depends(readable_gathering)]

"""Registration's own settings, for endpoints."""

from typing import Annotated, cast

from doorpakken_plumbing.service import Here
from fastapi import Depends

from doorpakken_registration.settings import Settings


async def own_settings(here: Here) -> Settings:
    """Registration's own settings. Not a plain function: those each cost a trip to a thread."""
    return cast(Settings, here.settings)


Own = Annotated[Settings, Depends(own_settings)]

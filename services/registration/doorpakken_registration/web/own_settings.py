"""Registration's own settings, for endpoints."""

from typing import Annotated, cast

from fastapi import Depends, Request

from doorpakken_registration.settings import Settings


async def own_settings(request: Request) -> Settings:
    """Registration's own settings. Not a plain function: those each cost a trip to a thread."""
    return cast(Settings, request.app.state.settings)


SettingsDep = Annotated[Settings, Depends(own_settings)]

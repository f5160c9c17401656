"""The settings of registration as a FastAPI dependency."""

from typing import Annotated, cast

from fastapi import Depends, Request

from doorpakken_registration.settings import Settings


async def own_settings(request: Request) -> Settings:
    """Async, because FastAPI runs a plain function in a thread."""
    return cast(Settings, request.app.state.settings)


SettingsDep = Annotated[Settings, Depends(own_settings)]

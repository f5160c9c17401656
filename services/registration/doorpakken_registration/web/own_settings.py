"""The settings of registration as a FastAPI dependency."""

from typing import Annotated

from doorpakken_plumbing.service import settings_of
from fastapi import Depends

from doorpakken_registration.settings import Settings

own_settings = settings_of(Settings)
SettingsDep = Annotated[Settings, Depends(own_settings)]

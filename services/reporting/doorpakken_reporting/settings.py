"""Settings of reporting from its environment; it has none beyond those of every service."""

from typing import Literal

from doorpakken_plumbing.settings import ServiceSettings


class Settings(ServiceSettings):
    """The environment of one instance of reporting."""

    service: Literal["reporting"] = "reporting"

"""The addresses of all services where people reach them by one host name, through a proxy that
takes the prefixes off (`deploy/docker/Caddyfile` is one)."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from doorpakken_events.catalogue import SERVICES

from doorpakken_local.ports import LOOPBACK

AT_THE_TOP = "registration"


class NoAddress(Exception):
    """It cannot be the base address of all pages."""


def base_of(url: str) -> str:
    """Without what stands behind host and port; raises NoAddress."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path.strip("/"):
        raise NoAddress(f"{url} is not an address such as https://doorpakken.example.")
    return f"{parts.scheme}://{parts.netloc}"


def settings_for(url: str) -> Mapping[str, str]:
    """For every service; the proxy stands on this machine. Raises NoAddress."""
    base = base_of(url)
    paths = {name: "" if name == AT_THE_TOP else f"/{name}" for name in SERVICES}
    return {
        **{f"{name.upper()}_URL": f"{base}{path}" for name, path in paths.items()},
        "TRUSTED_PROXIES": LOOPBACK,
    }

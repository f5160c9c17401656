"""Writes the file with the secrets and addresses that docker-compose.yml asks for.
Never overwrites a file: a running system would lose its passwords."""

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import SecretStr

from doorpakken_local.credentials import Credentials, make, new_staff_password
from doorpakken_local.folder import write_private
from doorpakken_local.kafka import first_start
from doorpakken_local.public_address import base_of
from doorpakken_local.services import FIRST_STAFF_EMAIL

TRIAL_URL = "http://localhost:8080"
TRIAL_HTTPS_PORT = 8443
HEAD = """\
# Written by `make compose-env` for docker-compose.yml. Keep a copy in a safe place: without it the
# volumes cannot be read. What else may stand here: .env.example.
"""


class NotWritten(Exception):
    """The file exists already."""


def write(file: Path, url: str) -> None:
    """Generate secrets and write them with `url` as the address of all pages; raises NotWritten or
    NoAddress."""
    if file.exists():
        raise NotWritten(
            f"{file} exists already and may hold the passwords of a running system. "
            "Move it away first if you want a new one."
        )
    lines = (f"{name}={_quoted(value)}\n" for name, value in variables(make(), url).items())
    write_private(file, HEAD + "".join(lines))


def variables(made: Credentials, url: str) -> dict[str, str]:
    return {
        **_address(url),
        "FIRST_STAFF_EMAIL": FIRST_STAFF_EMAIL,
        "FIRST_STAFF_PASSWORD": new_staff_password(),
        "STAFF_PUBLIC_KEY": made.staff_public_key,
        "STAFF_PRIVATE_KEY": made.staff_private_key.get_secret_value(),
        "LINK_KEYS": made.link_keys.get_secret_value(),
        **_passwords("KAFKA", made.kafka),
        **{f"KAFKA_{name}": value for name, value in first_start(made).items()},
        **_passwords("MONGODB", made.mongodb),
        "MONGODB_REPLICA_KEY": made.replica_key.get_secret_value(),
    }


def _passwords(server: str, users: Mapping[str, SecretStr]) -> dict[str, str]:
    return {
        f"{server}_{user.upper()}_PASSWORD": password.get_secret_value()
        for user, password in users.items()
    }


def _address(url: str) -> dict[str, str]:
    base = base_of(url)
    parts = urlsplit(base)
    is_plain = parts.scheme == "http"
    return {
        "PUBLIC_URL": base,
        "HTTP_PORT": str(parts.port or 80) if is_plain else "80",
        "HTTPS_PORT": str(TRIAL_HTTPS_PORT if is_plain else parts.port or 443),
    }


def _quoted(value: str) -> str:
    """Single quotes, so that compose and a shell read it literally; no secret contains one."""
    return f"'{value}'"

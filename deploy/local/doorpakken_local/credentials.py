"""Passwords and keys of one system, generated at its first start and kept in its data folder (mode
0600). Never printed."""

import base64
import json
import secrets
from collections.abc import Iterable, Mapping

from doorpakken_events.catalogue import SERVICES
from joserfc.jwk import OKPKey
from pydantic import BaseModel, ConfigDict, SecretStr, ValidationError, field_serializer

from doorpakken_local.folder import DataFolder, write_private

PASSWORD_BYTES = 24
LINK_KEY_BYTES = 32
REPLICA_KEY_BYTES = 96  # mongod accepts at most 1024 characters of base64
KAFKA_USERS = ("admin", "broker", "controller", *SERVICES)
MONGODB_USERS = ("root", *SERVICES)


class Credentials(BaseModel):
    """Every secret of one system except the password of the first staff account."""

    model_config = ConfigDict(frozen=True)

    kafka: dict[str, SecretStr]
    mongodb: dict[str, SecretStr]
    replica_key: SecretStr
    link_keys: SecretStr
    staff_private_key: SecretStr
    staff_public_key: str

    @field_serializer("kafka", "mongodb", when_used="json")
    def _users(self, users: dict[str, SecretStr]) -> dict[str, str]:
        return {name: password.get_secret_value() for name, password in users.items()}

    @field_serializer("replica_key", "link_keys", "staff_private_key", when_used="json")
    def _secret(self, secret: SecretStr) -> str:
        return secret.get_secret_value()


class Unreadable(Exception):
    """The credentials file is damaged, or was written by another version."""


def find_or_make(folder: DataFolder) -> Credentials:
    """A service that is new since the folder was made gets its passwords."""
    if not folder.credentials.exists():
        return _written(folder, make())
    found = _read(folder)
    kafka, mongodb = _missing(KAFKA_USERS, found.kafka), _missing(MONGODB_USERS, found.mongodb)
    if not kafka and not mongodb:
        return found
    update = {"kafka": found.kafka | kafka, "mongodb": found.mongodb | mongodb}
    return _written(folder, found.model_copy(update=update))


def _missing(users: Iterable[str], found: Mapping[str, SecretStr]) -> dict[str, SecretStr]:
    return {user: _password() for user in users if user not in found}


def _written(folder: DataFolder, made: Credentials) -> Credentials:
    write_private(folder.credentials, made.model_dump_json(indent=1))
    return made


def _read(folder: DataFolder) -> Credentials:
    try:
        return Credentials.model_validate_json(folder.credentials.read_text())
    except ValidationError as error:
        raise Unreadable(
            f"{folder.credentials} is damaged, or was written by another version. Put it back from "
            "a copy, or choose another folder with --data-dir."
        ) from error


def staff_password(folder: DataFolder) -> str:
    """In a file of its own because a person reads it; generated on first use."""
    if not folder.staff_password.exists():
        write_private(folder.staff_password, new_staff_password() + "\n")
    return folder.staff_password.read_text().strip()


def new_staff_password() -> str:
    """Short enough to type."""
    return secrets.token_urlsafe(12)


def make() -> Credentials:
    staff = OKPKey.generate_key("Ed25519", private=True)
    return Credentials(
        kafka={user: _password() for user in KAFKA_USERS},
        mongodb={user: _password() for user in MONGODB_USERS},
        replica_key=SecretStr(base64.b64encode(secrets.token_bytes(REPLICA_KEY_BYTES)).decode()),
        link_keys=SecretStr(f"k1:{_base64url(secrets.token_bytes(LINK_KEY_BYTES))}"),
        staff_private_key=SecretStr(json.dumps(staff.as_dict(private=True))),
        staff_public_key=json.dumps(staff.as_dict(private=False)),
    )


def _password() -> SecretStr:
    return SecretStr(secrets.token_urlsafe(PASSWORD_BYTES))


def _base64url(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")

"""Prepares the new MongoDB of each service before that service starts on it.
Run as `python -m doorpakken_plumbing.mongo.setup`; succeeds only after every set takes writes."""

import asyncio
import sys

from pydantic import SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from doorpakken_plumbing.mongo.admin import (
    MongodNotReady,
    admin_uri,
    ensure_users,
    prepare_replica_set,
)
from doorpakken_plumbing.settings import EachService


class MongoSetup(BaseSettings):
    """The environment of the setup; `MONGODB_HOSTS__MATCHING` is host:port of matching's own."""

    model_config = SettingsConfigDict(
        env_nested_delimiter="__", extra="ignore", frozen=True, hide_input_in_errors=True
    )

    mongodb_hosts: EachService[str]
    mongodb_root_password: SecretStr
    mongodb_passwords: EachService[SecretStr]


async def set_up(settings: MongoSetup) -> None:
    async with asyncio.TaskGroup() as group:
        for service in settings.mongodb_hosts:
            group.create_task(_set_up(settings, service))


async def _set_up(settings: MongoSetup, service: str) -> None:
    host = settings.mongodb_hosts[service]
    root_password = settings.mongodb_root_password.get_secret_value()
    await prepare_replica_set(host, root_password)
    user = {service: settings.mongodb_passwords[service]}
    await ensure_users(admin_uri(host, root_password), user)


if __name__ == "__main__":
    try:
        asyncio.run(set_up(MongoSetup()))
    except* (MongodNotReady, ValidationError) as troubles:
        sys.exit("\n".join(str(trouble) for trouble in troubles.exceptions))

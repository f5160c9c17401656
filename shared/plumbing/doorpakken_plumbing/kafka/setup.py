"""Prepares a new Kafka before services start on it: `python -m doorpakken_plumbing.kafka.setup`.
Succeeds only after the broker shows every topic, user and right."""

import asyncio
import sys
from collections.abc import Mapping

from doorpakken_events.catalogue import CATALOGUE, SERVICES
from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from doorpakken_plumbing.kafka import integrations
from doorpakken_plumbing.kafka.admin import (
    AdminRefused,
    ensure_rights,
    ensure_topics,
    ensure_users,
    rights_of,
)
from doorpakken_plumbing.kafka.records import Login
from doorpakken_plumbing.settings import EachService

ASK_AGAIN_SECONDS = 1.0


class KafkaSetup(BaseSettings):
    """The environment of the setup; `KAFKA_PASSWORDS__MATCHING` is the password of matching."""

    model_config = SettingsConfigDict(
        env_nested_delimiter="__", extra="ignore", frozen=True, hide_input_in_errors=True
    )

    kafka_bootstrap: str
    kafka_username: str = "admin"
    kafka_password: SecretStr
    kafka_passwords: EachService[SecretStr]
    kafka_partitions: int = Field(default=3, ge=1)
    kafka_replication: int = Field(default=1, ge=1)
    kafka_start_seconds: float = Field(default=120, ge=0)


async def set_up(settings: KafkaSetup) -> None:
    password = settings.kafka_password.get_secret_value()
    admin = Login(settings.kafka_bootstrap, settings.kafka_username, password)
    await wait_until_answered(admin, settings.kafka_start_seconds)
    await prepare(
        admin,
        settings.kafka_passwords,
        partitions=settings.kafka_partitions,
        replication=settings.kafka_replication,
    )


async def prepare(
    admin: Login, passwords: Mapping[str, SecretStr], *, partitions: int, replication: int = 1
) -> None:
    """Users, topics and rights of all services, and integrations' rights to new public topics.
    Idempotent."""
    clear = {name: password.get_secret_value() for name, password in passwords.items()}
    await ensure_users(admin, clear)
    await ensure_topics(admin, CATALOGUE.values(), partitions=partitions, replication=replication)
    await ensure_rights(admin, (right for name in SERVICES for right in rights_of(name)))
    await integrations.renew(admin)


async def wait_until_answered(admin: Login, seconds: float) -> None:
    """Raises AdminRefused when the broker does not accept the login in time."""
    for _ in range(max(1, int(seconds / ASK_AGAIN_SECONDS))):
        try:
            await ensure_rights(admin, [])
        except AdminRefused:
            await asyncio.sleep(ASK_AGAIN_SECONDS)
        else:
            return
    raise AdminRefused(
        f"Kafka at {admin.bootstrap} did not let {admin.username} in within {seconds:.0f} s: "
        "it does not run there, or the password is another."
    )


if __name__ == "__main__":
    try:
        asyncio.run(set_up(KafkaSetup()))
    except (AdminRefused, ValidationError) as trouble:
        sys.exit(str(trouble))

"""The login of a Kafka client, and why a broker does not accept it.
A broker that does not answer and a wrong password give different sentences."""

from dataclasses import dataclass, field
from typing import Any, Self

from aiokafka.conn import collect_hosts, create_conn
from aiokafka.errors import KafkaError, SaslAuthenticationFailed

from doorpakken_plumbing.kafka import connection as kafka_connection
from doorpakken_plumbing.settings import ServiceSettings

KNOCK_SECONDS = 10.0

# Every client needs a login, so this runs before any connection is made.
kafka_connection.use()


@dataclass(frozen=True)
class Login:
    """Address and credentials; every client of this system signs in with SCRAM."""

    bootstrap: str
    username: str
    password: str = field(repr=False)

    @classmethod
    def of(cls, settings: ServiceSettings) -> Self:
        password = settings.kafka_password.get_secret_value()
        return cls(settings.kafka_bootstrap, settings.kafka_username, password)

    def options(self) -> dict[str, Any]:
        return {
            "bootstrap_servers": self.bootstrap,
            "security_protocol": "SASL_PLAINTEXT",
            "sasl_mechanism": "SCRAM-SHA-512",
            "sasl_plain_username": self.username,
            "sasl_plain_password": self.password,
        }


async def why_closed(login: Login) -> str | None:
    """Why this login cannot connect, None if it can. The library raises the same error for a wrong
    password and a broker that does not answer; only its log tells them apart."""
    options = login.options() | {"request_timeout_ms": int(KNOCK_SECONDS * 1000)}
    for host, port, _family in collect_hosts(options.pop("bootstrap_servers")):
        try:
            connection = await create_conn(host, port, **options)
        except SaslAuthenticationFailed:
            return f"Kafka at {login.bootstrap} refused the user {login.username} or its password"
        except (OSError, KafkaError, TimeoutError):
            continue
        connection.close()
        return None
    return f"Kafka at {login.bootstrap} does not answer"

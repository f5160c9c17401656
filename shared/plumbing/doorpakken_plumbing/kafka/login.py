"""Who enters Kafka, and what keeps them out. Refuses to guess: a broker that is away and a wrong
password are two sentences."""

from dataclasses import dataclass, field
from typing import Any, Self

from aiokafka.conn import collect_hosts, create_conn
from aiokafka.errors import KafkaError, SaslAuthenticationFailed

from doorpakken_plumbing.kafka import connection as kafka_connection
from doorpakken_plumbing.settings import ServiceSettings

KNOCK_SECONDS = 10.0

# Whoever connects needs a login, so that this comes before every connection.
kafka_connection.use()


@dataclass(frozen=True)
class Login:
    """Who connects, and where; every client of this system signs in with SCRAM."""

    bootstrap: str
    username: str
    password: str = field(repr=False)

    @classmethod
    def of(cls, settings: ServiceSettings) -> Self:
        """The login in a service's settings."""
        password = settings.kafka_password.get_secret_value()
        return cls(settings.kafka_bootstrap, settings.kafka_username, password)

    def options(self) -> dict[str, Any]:
        """What every client of the library is given."""
        return {
            "bootstrap_servers": self.bootstrap,
            "security_protocol": "SASL_PLAINTEXT",
            "sasl_mechanism": "SCRAM-SHA-512",
            "sasl_plain_username": self.username,
            "sasl_plain_password": self.password,
        }


async def why_closed(login: Login) -> str | None:
    """What keeps this login out of Kafka; None when nothing does. The library says the same of a
    broker that is away and of a wrong password, and the difference to the log alone."""
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

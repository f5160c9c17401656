"""Settings from the environment, with a named limit for every loop, queue and retry.
Refuses to start without its addresses and keys; ignores unknown variables."""

from ipaddress import ip_network
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, TypeVar
from urllib.parse import urlsplit

from doorpakken_events.catalogue import ACCEPTED_SECONDS, AHEAD_SECONDS, SERVICES
from pydantic import AfterValidator, Field, SecretStr, create_model, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from doorpakken_plumbing.partnership import Partnership

LOOPBACK = ("127.0.0.1", "localhost", "::1")

Value = TypeVar("Value")


def _of_each(given: dict[str, Value]) -> dict[str, Value]:
    if given.keys() != set(SERVICES):
        raise ValueError(f"must be given for each of {', '.join(SERVICES)}")
    return given


def _address(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise ValueError("must be an absolute address that starts with http:// or https://")
    return url.rstrip("/")


# One value for every service, by its name.
EachService = Annotated[dict[str, Value], AfterValidator(_of_each)]
Address = Annotated[str, AfterValidator(_address)]


class Limits(BaseSettings):
    """How much, how often and how long; every name ends in its unit."""

    # An invalid value is named but not quoted: it may be a password.
    model_config = SettingsConfigDict(extra="ignore", frozen=True, hide_input_in_errors=True)

    # MongoDB
    mongodb_pool_size: int = Field(default=64, ge=1)
    mongodb_selection_seconds: float = Field(default=5, gt=0)
    transaction_seconds: float = Field(default=10, gt=0)
    transaction_delay_ms_min: float = Field(default=5, gt=0)
    transaction_delay_ms_max: float = Field(default=500, gt=0)

    # Outbox and relay
    relay_batch_size: int = Field(default=500, ge=1)
    relay_poll_seconds: float = Field(default=0.25, gt=0)
    relay_gather_seconds: float = Field(default=0.02, ge=0)
    relay_send_seconds: float = Field(default=5, gt=ACCEPTED_SECONDS)
    topic_retry_seconds_min: float = Field(default=1, gt=0)
    topic_retry_seconds_max: float = Field(default=60, gt=0)
    lease_seconds: float = Field(default=10, gt=ACCEPTED_SECONDS + AHEAD_SECONDS)
    lease_renew_seconds: float = Field(default=3, gt=0)

    # Kafka and the consumer
    kafka_request_seconds: float = Field(default=10, gt=0)
    kafka_metadata_seconds: float = Field(default=30, gt=0)
    kafka_session_seconds: float = Field(default=15, gt=0)
    kafka_poll_minutes: float = Field(default=10, gt=0)
    consumer_batch_size: int = Field(default=500, ge=1)
    consumer_lag_seconds: float = Field(default=2, gt=0)
    consumer_poll_seconds: float = Field(default=0.5, gt=0)
    consumer_fetch_bytes: int = Field(default=4 * 1024 * 1024, ge=1)
    handler_tries: int = Field(default=3, ge=1)
    probe_seconds: float = Field(default=1, gt=0)
    retry_delay_seconds_min: float = Field(default=0.1, gt=0)
    retry_delay_seconds_max: float = Field(default=5, gt=0)
    watchdog_seconds: float = Field(default=60, gt=0)

    # Lanes and timers
    lane_limit: int = Field(default=1000, ge=1)
    lane_batch_size: int = Field(default=64, ge=1)
    lane_gather_seconds: float = Field(default=0.002, gt=0)
    timer_poll_seconds: float = Field(default=0.5, gt=0)
    timer_batch_size: int = Field(default=64, ge=1)
    clock_poll_seconds: float = Field(default=0.2, gt=0)

    # What waits for staff: how often it is said at most, after how many times that interval it is
    # looked at though nothing was committed here, and at how many gatherings
    staff_work_seconds: float = Field(default=1, gt=0)
    staff_work_looks_between: int = Field(default=10, ge=1)
    staff_work_gatherings: int = Field(default=50, ge=1)

    # Rate limits: the people in a hall that share one address within so many minutes, and how often
    # one name or one mail address may be used in that time
    hall_people: int = Field(default=500, ge=1)
    hall_minutes: int = Field(default=10, ge=1)
    same_person: int = Field(default=10, ge=1)

    # HTTP
    body_limit_bytes: int = Field(default=512 * 1024, ge=1024)
    idempotency_hours: float = Field(default=24, gt=0)
    retry_after_seconds: int = Field(default=2, ge=1)
    live_stream_limit: int = Field(default=200, ge=1)
    live_heartbeat_seconds: float = Field(default=15, gt=0)
    live_queue_size: int = Field(default=256, ge=1)
    live_history_size: int = Field(default=2000, ge=1)
    live_idle_seconds: float = Field(default=30, gt=0)

    # Stopping, one after the other; the consumer is one of the tasks, the producer takes two more
    requests_finish_seconds: int = Field(default=3, ge=1)
    tasks_finish_seconds: float = Field(default=3, gt=0)
    consumer_finish_seconds: float = Field(default=2, gt=0)
    mongodb_close_seconds: float = Field(default=1, gt=0)

    # Spans
    span_queue_size: int = Field(default=4096, ge=512)
    span_delay_ms: int = Field(default=500, ge=10)
    span_file_bytes: int = Field(default=64 * 1024 * 1024, ge=1024)
    # Where an OpenTelemetry collector takes traces over HTTP, such as http://collector:4318/v1/traces.
    otlp_url: str = ""


if TYPE_CHECKING:

    class Addresses(Limits):
        """The addresses that code names; at run time there is one for each service."""

        registration_url: Address
        matching_url: Address
        notification_url: Address
        reporting_url: Address

else:
    Addresses = create_model(
        "Addresses", __base__=Limits, **{f"{name}_url": (Address, ...) for name in SERVICES}
    )


class ServiceSettings(Addresses, Partnership):
    """The environment of one instance of a service; a service's own class fixes `service`."""

    service: str
    instance: str = Field(default="1", pattern=r"^[a-z0-9-]{1,32}$")
    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=0, le=65535)
    # Comma-separated addresses or networks of proxies whose forwarded address is trusted.
    trusted_proxies: str = ""
    environment: Literal["local", "production"] = "production"
    # Every page states that its people and promises are invented.
    example_data: bool = False
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    data_dir: Path
    failpoints: str = ""

    mongodb_uri: SecretStr
    mongodb_database: str = Field(default_factory=lambda data: str(data["service"]))

    kafka_bootstrap: str
    kafka_username: str = Field(default_factory=lambda data: str(data["service"]))
    kafka_password: SecretStr
    topic_prefix: str = ""

    staff_public_key: str

    @field_validator("trusted_proxies")
    @classmethod
    def check_proxies(cls, proxies: str) -> str:
        for one in filter(None, proxies.split(",")):
            # With every address trusted, any client could pass for any other.
            if ip_network(one.strip()).prefixlen == 0:
                raise ValueError("must not be every address")
        return proxies

    @property
    def is_local(self) -> bool:
        """A trial on one machine, where the clock may be moved."""
        return self.environment == "local"

    @property
    def public_url(self) -> str:
        return str(getattr(self, f"{self.service}_url"))

    @property
    def public_urls(self) -> tuple[str, ...]:
        return tuple(str(getattr(self, f"{name}_url")) for name in SERVICES)

    @property
    def secure_cookies(self) -> bool:
        return urlsplit(self.public_url).hostname not in LOOPBACK

    @property
    def clock_file(self) -> Path:
        return self.data_dir / "clock"

    @property
    def span_file(self) -> Path:
        return self.data_dir / "spans" / f"{self.service}-{self.instance}.jsonl"

    @property
    def lock_file(self) -> Path:
        return self.data_dir / "locks" / f"{self.service}-{self.instance}"

    def topic(self, name: str) -> str:
        return f"{self.topic_prefix}{name}"

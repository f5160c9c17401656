"""Settings of notification, in addition to those of every service."""

from typing import Annotated, Literal
from urllib.parse import urlsplit

from doorpakken_plumbing.identity.links import LinkKeys, read_keys
from doorpakken_plumbing.settings import ServiceSettings
from doorpakken_plumbing.texts.mail_addresses import wire_address_of
from pydantic import AfterValidator, Field, SecretStr, field_validator

# Validated in the form mail servers use, so that an invalid address fails at start.
Address = Annotated[str, AfterValidator(wire_address_of)]


class Settings(ServiceSettings):
    """The environment of one instance of notification."""

    service: str = "notification"
    link_keys: SecretStr
    link_days: int = Field(default=180, ge=1)

    smtp_url: SecretStr
    mail_from: Address = "uitnodiging@zoiszuidoost.example"
    mail_reply_to: Address = "partners@zoiszuidoost.example"
    wave_release: Literal["staff", "when_complete"] = "staff"
    mail_ambiguous: Literal["hold", "resend"] = "hold"

    mail_connections: int = Field(default=4, ge=1)
    mail_batch_size: int = Field(default=64, ge=1)
    mail_poll_seconds: float = Field(default=0.2, gt=0)
    # Longer than the longest SMTP session: each step has its own time-out.
    mail_lease_seconds: float = Field(default=180, gt=0)
    smtp_timeout_seconds: float = Field(default=10, gt=0)
    # Delay before a seat change is mailed, so that what follows from it, such as an overlap, is in
    # the same mail.
    mail_gather_seconds: float = Field(default=5, ge=0)
    # The same for the time and place of a gathering, which staff may change more than once.
    gathering_gather_seconds: float = Field(default=300, ge=0)
    # The same for what timers tell on one day: reminders are told within seconds of each other.
    reminders_gather_seconds: float = Field(default=120, ge=0)
    parent_wait_seconds: float = Field(default=1, gt=0)
    # Limit on mails to one address that visitors without a link can cause: so many in a window,
    # and then one more that contains the rest.
    mails_per_address: int = Field(default=4, ge=1)
    mails_per_address_minutes: float = Field(default=60, gt=0)
    # Larger than any mail we write: a larger one is an error, and mail servers would refuse it.
    mail_size_bytes_max: int = Field(default=256 * 1024, ge=1024)
    mail_bytes_keep_days: float = Field(default=7, gt=0)
    journal_size_bytes: int = Field(default=1024 * 1024, ge=1024)

    @field_validator("smtp_url")
    @classmethod
    def check_smtp_url(cls, url: SecretStr) -> SecretStr:
        parts = urlsplit(url.get_secret_value())
        if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
            raise ValueError("must be smtp://host:port or smtps://host:port")
        return url

    @field_validator("link_keys")
    @classmethod
    def check_link_keys(cls, text: SecretStr) -> SecretStr:
        """Makes a bad key fail at start instead of at the first mail."""
        read_keys(text.get_secret_value())
        return text

    @property
    def keys(self) -> LinkKeys:
        return read_keys(self.link_keys.get_secret_value())

    @property
    def mail_domain(self) -> str:
        return self.mail_from.rpartition("@")[2]

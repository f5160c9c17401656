"""Settings of registration, from its environment.
It does not start without the key that signs staff tokens and the keys of the links in mails."""

from functools import cached_property
from typing import Annotated, Literal

from doorpakken_plumbing.identity.links import LinkKeys, read_keys
from doorpakken_plumbing.settings import ServiceSettings
from doorpakken_plumbing.texts.mail_addresses import email_of, wire_address_of
from pydantic import AfterValidator, Field, SecretStr


class Settings(ServiceSettings):
    """The environment of one instance of registration."""

    service: Literal["registration"] = "registration"

    staff_private_key: SecretStr
    link_keys: SecretStr
    first_staff_email: Annotated[str, AfterValidator(email_of)] = "staff@doorpakken.example"
    first_staff_password: SecretStr | None = None

    sessions_per_person: int = Field(default=2, ge=1)
    links_per_hour: int = Field(default=5, ge=1)
    # How many people somebody may ask per day to take over a seat.
    asked_per_day: int = Field(default=10, ge=1)
    sign_in_tries: int = Field(default=10, ge=1)
    sign_in_tries_per_client: int = Field(default=50, ge=1)
    sign_in_tries_per_account: int = Field(default=200, ge=1)
    sign_in_tries_minutes: float = Field(default=15, gt=0)
    staff_session_hours: float = Field(default=12, gt=0)
    # Wrong tries with the code on a letter, by name and by client.
    code_tries: int = Field(default=10, ge=1)
    code_tries_minutes: float = Field(default=15, gt=0)
    # How long a browser that signed in has its own limit of password attempts.
    staff_device_days: int = Field(default=180, ge=1)
    visitor_hours: float = Field(default=12, gt=0)
    # Its domain is in the ids of calendar entries, as in the mails of notification.
    mail_from: Annotated[str, AfterValidator(wire_address_of)] = "uitnodiging@zoiszuidoost.example"
    # How long a calendar subscription works before it must be set up again.
    calendar_days: int = Field(default=400, ge=1)
    # A draft of a pitch: how long it is kept, and its maximum size.
    draft_days: int = Field(default=60, ge=1)
    draft_bytes: int = Field(default=128 * 1024, ge=1024)
    # How long backups of the databases are kept; shown to people who erase themselves.
    backup_days: int = Field(default=30, ge=0)

    @property
    def mail_domain(self) -> str:
        return self.mail_from.rpartition("@")[2]

    @cached_property
    def links(self) -> LinkKeys:
        return read_keys(self.link_keys.get_secret_value())

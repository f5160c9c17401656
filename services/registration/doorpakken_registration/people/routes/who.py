"""Request bodies in which somebody identifies themselves."""

from typing import Self

from doorpakken_events.event import Language
from pydantic import model_validator

from doorpakken_registration.people.model.person import Introduction
from doorpakken_registration.web.fields import Body, Email, Name, Phone


class WhoBody(Body):
    """Somebody by name; an e-mail address or a phone number, one is enough."""

    name: Name
    email: Email | None = None
    phone: Phone | None = None
    language: Language = "nl"

    @model_validator(mode="after")
    def check_address(self) -> Self:
        # Somebody without any address cannot be notified, or recognised later.
        if not (self.email or self.phone):
            raise ValueError("give an e-mail address or a phone number; one is enough")
        return self

    @property
    def who(self) -> Introduction:
        return Introduction(self.name, self.email, self.phone, self.language)


class PersonBody(WhoBody):
    """Who somebody is from now on."""

"""Field types that requests share; each refuses invalid input with a sentence.
Refuses unknown fields, and contact details in public text."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Annotated, Any

from doorpakken_events.event import in_utc
from doorpakken_plumbing.http.errors import Invalid
from doorpakken_plumbing.texts.mail_addresses import email_of
from doorpakken_plumbing.texts.public_text import has_contact_details
from pydantic import AfterValidator, AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field

from doorpakken_registration.common.model.addresses import phone_of
from doorpakken_registration.common.model.names import NAME_LENGTH_MAX, name_of, tidy

YEARS = range(2000, 2200)
LISTED_MAX = 20
REMARK_LENGTH_MAX = 500


class ContactDetailsInPublicText(Invalid):
    """Everybody can read this text, and it tells how to reach somebody."""

    slug = "contact-details-in-public-text"
    dutch = "Iedereen kan dit lezen. Laat e-mailadressen en nummers weg."


class Body(BaseModel):
    """What a request carries; unknown fields are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Received(BaseModel):
    """The same for everybody, so that nobody learns who is known here."""

    status: str = "received"


class SignedUp(Received):
    """The same for everybody who comes at that moment. `is_full` is there when the gathering had no
    free place then: who is new to it is on its waitlist."""

    is_full: bool | None = None


def _text(value: Any) -> Any:
    if not isinstance(value, str):
        raise ValueError("this must be text, such as 2023-09-15 or 2023-09-15T09:00:00Z")
    return value


def _near(moment: datetime) -> datetime:
    if moment.year not in YEARS:
        raise ValueError("this year is too far away")
    return in_utc(moment)


def _near_day(day: date) -> date:
    if day.year not in YEARS:
        raise ValueError("this year is too far away")
    return day


def _one_end(text: Any) -> Any:
    # Browsers count a line break as one character, but send two.
    return text.replace("\r\n", "\n") if isinstance(text, str) else text


def _tidy_lines(text: str) -> str:
    return "\n".join(tidy(line) for line in text.strip().splitlines())


def _short(text: str) -> str:
    if len(text) > REMARK_LENGTH_MAX:
        raise ValueError(f"this may have {REMARK_LENGTH_MAX} characters at most")
    return text


def _filled(text: str) -> str:
    if not text:
        raise ValueError("this may not be empty")
    return text


Name = Annotated[str, Field(max_length=NAME_LENGTH_MAX), AfterValidator(name_of)]
Email = Annotated[str, Field(max_length=200), AfterValidator(email_of)]
Phone = Annotated[str, Field(max_length=40), AfterValidator(phone_of)]
Moment = Annotated[AwareDatetime, BeforeValidator(_text), AfterValidator(_near)]
Day = Annotated[date, BeforeValidator(_text), AfterValidator(_near_day)]
Line = Annotated[str, Field(max_length=200), AfterValidator(tidy)]
Title = Annotated[str, Field(max_length=200), AfterValidator(tidy), AfterValidator(_filled)]
LongText = Annotated[
    str, BeforeValidator(_one_end), Field(max_length=5000), AfterValidator(_tidy_lines)
]
# The length is checked after the text is tidied.
Remark = Annotated[LongText, AfterValidator(_short)]
Id = Annotated[str, Field(min_length=1, max_length=80)]
Tags = Annotated[tuple[Line, ...], Field(max_length=LISTED_MAX)]


def require_public(texts: Iterable[tuple[str, str | None]]) -> None:
    """Raises ContactDetailsInPublicText, which names the fields that contain an address or a
    number."""
    wrong = [field for field, text in texts if text and has_contact_details(text)]
    if wrong:
        message = "Everybody can read this. Leave out e-mail addresses and phone numbers."
        raise ContactDetailsInPublicText(
            message, errors=[{"field": field, "message": message} for field in wrong]
        )

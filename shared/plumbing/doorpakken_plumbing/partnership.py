"""Settings that say whose pages and mails these are: name, telephone, address, privacy page, logo
and colour. Refuses a number that cannot be called, and a colour that white text is not read on."""

from pathlib import Path
from typing import Annotated

import phonenumbers
from pydantic import AfterValidator, Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from doorpakken_plumbing.texts.colours import contrast, readable_on_dark, rgb_of
from doorpakken_plumbing.texts.phone_numbers import HOME

LOGO_TYPES = {".svg": "image/svg+xml", ".png": "image/png", ".webp": "image/webp"}
LOGO_BYTES_MAX = 256 * 1024
WHITE = "#ffffff"
OWN_GREEN = "#0b5d4e"
# WCAG 2.2 AA for text of the usual size.
CONTRAST_MIN = 4.5


def _phone(number: str) -> str:
    try:
        if not number or phonenumbers.is_valid_number(phonenumbers.parse(number, HOME)):
            return number
    except phonenumbers.NumberParseException:
        pass
    raise ValueError("must be a telephone number that can be called, or empty")


def _web_page(url: str) -> str:
    if url and not url.startswith(("http://", "https://")):
        raise ValueError("must start with http:// or https://, or be empty")
    return url


def _accent(colour: str) -> str:
    if (found := contrast(rgb_of(colour), rgb_of(WHITE))) < CONTRAST_MIN:
        raise ValueError(
            f"has a contrast of {found:.1f} with white, and text needs {CONTRAST_MIN}: "
            "choose a darker one"
        )
    return colour.lower()


def _logo(file: Path | None) -> Path | None:
    if file is None:
        return None
    if file.suffix.lower() not in LOGO_TYPES or not file.is_file():
        raise ValueError(f"must be a file that is there and ends in {', '.join(LOGO_TYPES)}")
    if file.stat().st_size > LOGO_BYTES_MAX:
        raise ValueError(f"must have at most {LOGO_BYTES_MAX} bytes")
    return file


class Partnership(BaseSettings):
    """Whose pages and mails these are, the same in every service; what is empty is not shown."""

    model_config = SettingsConfigDict(extra="ignore", frozen=True, hide_input_in_errors=True)

    partnership_name: str = Field(default="zoiszuidoost", min_length=1, max_length=80)
    partnership_phone: Annotated[str, AfterValidator(_phone)] = ""
    partnership_address: str = Field(default="", max_length=200)
    privacy_url: Annotated[str, AfterValidator(_web_page)] = ""
    logo_file: Annotated[Path | None, AfterValidator(_logo)] = None
    accent_colour: Annotated[str, AfterValidator(_accent)] = OWN_GREEN

    @property
    def has_own_colour(self) -> bool:
        return self.accent_colour != OWN_GREEN

    @property
    def accent_on_dark(self) -> str:
        """The accent colour, lighter until it is read on the dark pages."""
        return readable_on_dark(self.accent_colour)

    @property
    def missing_of_partnership(self) -> list[str]:
        """The names of the settings without which pages and mails do not say how to reach
        somebody."""
        names = ("partnership_phone", "partnership_address", "privacy_url", "logo_file")
        return [name.upper() for name in names if not getattr(self, name)]

    @property
    def signature(self) -> str:
        """How a mail ends, in lines."""
        privacy = f"Privacy: {self.privacy_url}" if self.privacy_url else ""
        lines = (self.partnership_name, self.partnership_address, self.partnership_phone, privacy)
        return "\n".join(filter(None, lines))

"""Whose pages and mails these are: what cannot be read or called is refused at start."""

from pathlib import Path

import pytest
from doorpakken_plumbing.partnership import LOGO_BYTES_MAX, Partnership
from doorpakken_plumbing.texts.colours import contrast, readable_on_dark, rgb_of
from pydantic import ValidationError


def test_contrast_as_in_wcag() -> None:
    assert round(contrast(rgb_of("#000000"), rgb_of("#ffffff")), 2) == 21
    assert round(contrast(rgb_of("#767676"), rgb_of("#ffffff")), 2) == 4.54
    assert contrast(rgb_of("#ffffff"), rgb_of("#ffffff")) == 1


def test_a_colour_that_is_hard_to_read_is_refused_with_what_to_do() -> None:
    with pytest.raises(ValidationError, match=r"contrast of 2\.4.*choose a darker one"):
        Partnership(accent_colour="#ff8800")
    with pytest.raises(ValidationError, match="#rrggbb"):
        Partnership(accent_colour="green")
    assert Partnership(accent_colour="#7A1F5C").accent_colour == "#7a1f5c"


@pytest.mark.parametrize("colour", ["#7a1f5c", "#0b5d4e", "#000000", "#001a66"])
def test_on_dark_pages_the_colour_is_light_enough(colour: str) -> None:
    assert contrast(rgb_of(readable_on_dark(colour)), rgb_of("#1d2523")) >= 7


@pytest.mark.parametrize("number", ["12", "bel ons", "06 1234"])
def test_a_number_that_cannot_be_called_is_refused(number: str) -> None:
    with pytest.raises(ValidationError, match="telephone number"):
        Partnership(partnership_phone=number)


def test_a_privacy_page_is_on_the_web() -> None:
    with pytest.raises(ValidationError, match="https://"):
        Partnership(privacy_url="javascript:alert(1)")


def test_a_logo_is_a_small_picture_that_is_there(tmp_path: Path) -> None:
    logo, text = tmp_path / "logo.svg", tmp_path / "logo.txt"
    for file in (logo, text):
        with pytest.raises(ValidationError, match="that is there"):
            Partnership(logo_file=file)
        file.write_text("<svg/>")
    assert Partnership(logo_file=logo).logo_file == logo
    with pytest.raises(ValidationError, match="that is there"):
        Partnership(logo_file=text)
    logo.write_bytes(b" " * (LOGO_BYTES_MAX + 1))
    with pytest.raises(ValidationError, match="at most"):
        Partnership(logo_file=logo)


def test_what_is_missing_is_named_as_it_is_set() -> None:
    assert Partnership().missing_of_partnership == [
        "PARTNERSHIP_PHONE",
        "PARTNERSHIP_ADDRESS",
        "PRIVACY_URL",
        "LOGO_FILE",
    ]
    given = Partnership(partnership_phone="020 555 0100", partnership_address="Plein 1")
    assert given.missing_of_partnership == ["PRIVACY_URL", "LOGO_FILE"]
    assert given.signature == "zoiszuidoost\nPlein 1\n020 555 0100"

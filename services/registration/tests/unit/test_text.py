"""Names, addresses, amounts and dates as people type them."""

import time
import unicodedata
from datetime import date

import pytest
from doorpakken_plumbing.texts.mail_addresses import email_of
from doorpakken_registration.common.model.addresses import identities, phone_of
from doorpakken_registration.common.model.amounts import euro_cents, whole
from doorpakken_registration.common.model.dates import date_of
from doorpakken_registration.common.model.names import has_link, key_of, name_of


@pytest.mark.parametrize(
    ("typed", "name", "key"),
    [
        ("  Gladys   Waterlelie ", "Gladys Waterlelie", "gladys waterlelie"),
        ("Zoe\u0308 🌱 Klaver", "Zoë 🌱 Klaver", "zoë 🌱 klaver"),
        ("ليلى Jasmijn", "ليلى Jasmijn", "ليلى jasmijn"),
        ("A\r\nBcc: b", "A Bcc: b", "a bcc: b"),
        ("x\0y", "xy", "xy"),
    ],
)
def test_names(typed: str, name: str, key: str) -> None:
    assert (name_of(typed), key_of(name_of(typed))) == (name, key)


D_ANCONA = "noa d'ancona-strasse inci"


@pytest.mark.parametrize(
    "typed",
    [
        "Noa d'Ancona-Straße İnci",
        "Noa d\u2019Ancona-Strasse Inci",
        "NOA D\u2018ANCONA\u2013STRASSE İNCİ",
        "noa d\u00b4ancona - strasse inci",
        "noa d`ancona \u2014 stra\u1e9ee inci",
        "noa d\u02bcancona\u2011strasse \u0131nci",
        "noa d\uff07ancona\u2212strasse I\u0307nci",
        "\ufeffno\u200ba\u00a0d\u2032ancona-stra\u00adsse\u2003\u202einci\u202c\u2060",
        "ｎｏａ d'ancona-strasse\u3000inci",
    ],
)
def test_one_name_has_one_key_however_it_is_written(typed: str) -> None:
    assert key_of(name_of(typed)) == key_of(key_of(typed)) == D_ANCONA
    # What an older version kept leads to the same key.
    older = " ".join(unicodedata.normalize("NFKC", typed).split()).casefold()
    assert key_of(older) == D_ANCONA


def test_other_names_have_other_keys() -> None:
    names = ("Noa d'Ancona", "Noa dAncona", "Noa Dancona-", "Zoe", "Zoë", "Jan", "Ján", "Jan 2")
    assert len({key_of(name) for name in names}) == len(names)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        (" Noa\u00a0d\u2019Ancona \u2013 Vos", "Noa d\u2019Ancona \u2013 Vos"),
        ("\ufeffNo\u200ba Lind\u00adner\u202e", "Noa Lindner"),
        ("می\u200cخواهم 👩\u200d👧 No\u200da", "می\u200cخواهم 👩\u200d👧 Noa"),
    ],
)
def test_a_name_is_kept_as_it_was_typed_without_what_nobody_sees(typed: str, name: str) -> None:
    assert name_of(typed) == name


UNREADABLE = ["\u200b", "\u3164", "\u2800", "\ufeff\u202e", "\u115f \u00ad", "\ufe0f\uffa0"]


@pytest.mark.parametrize("typed", ["", "  ", "\n", "--", "🌱", *UNREADABLE])
def test_no_name(typed: str) -> None:
    with pytest.raises(ValueError, match="letter"):
        name_of(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "U wint 500 euro op evil-shop.nl",
        "www.prijs",
        "https://prijs.example",
        "Noa info@buurt.example",
        "Kijk op bit.ly/x",
        "Noa PRIJS．COM",
        "Noa prijs。nl",
        "Noa p\u200brijs.nl!",
    ],
)
def test_a_name_holds_no_link(typed: str) -> None:
    with pytest.raises(ValueError, match="no e-mail address or website"):
        name_of(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "J.P. de Vries",
        "M.A.Bakker",
        "Drs. Jansen",
        "Bakkerij B.V.",
        "St. Jan",
        "A. & Co. Zuid",
        "'t Veld",
    ],
)
def test_a_name_with_dots_is_a_name(typed: str) -> None:
    assert name_of(typed) == typed


def test_a_long_name_is_read_at_once() -> None:
    began = time.perf_counter()
    for one in ("a" * 200, "a." * 100, "a-" * 100, "aa." * 66):
        has_link(f"Noa {one}"[:200])
    assert time.perf_counter() - began < 1


def test_addresses_have_one_spelling() -> None:
    assert email_of(" Gladys@Mom.EXAMPLE ") == "gladys@mom.example"
    assert phone_of("06-12 34 56 78") == phone_of("+31 6 12345678") == "+31612345678"
    for wrong in ("gladys", "a@b", "a b@c.example", "gladys@@mom.example"):
        with pytest.raises(ValueError, match="e-mail"):
            email_of(wrong)
    assert phone_of("06\u2011123\u00a045 678") == phone_of("٠٦ ١٢٣٤٥٦٧٨") == "+31612345678"
    for wrong in ("12", "bel mij", "06123456789012345", "06 1234 567", "020 555 014", "0000000000"):
        with pytest.raises(ValueError, match="phone"):
            phone_of(wrong)


def test_a_person_is_an_address_with_a_name() -> None:
    both = identities("gladys", "g@mom.example", "+31612345678")
    assert both == ("g@mom.example gladys", "+31612345678 gladys")
    assert identities("gladys", None, None) == ()


@pytest.mark.parametrize(
    ("typed", "cents"),
    [("2500", 250000), ("2.500", 250000), ("2.500,00", 250000), ("€ 12,50", 1250), ("7,-", 700)],
)
def test_euros(typed: str, cents: int) -> None:
    assert euro_cents(typed) == cents


@pytest.mark.parametrize("typed", ["", "0", "0,00", "-5", "2,5", "25.00", "1.2", "tien", "9" * 20])
def test_no_euros(typed: str) -> None:
    with pytest.raises(ValueError, match="write"):
        euro_cents(typed)


def test_whole_numbers() -> None:
    assert (whole("12"), whole(" 1.200 ")) == (12, 1200)
    for wrong in ("0", "1,5", "1.2", "", "x", "²"):
        with pytest.raises(ValueError, match="write"):
            whole(wrong)


@pytest.mark.parametrize(
    "typed",
    ["6-10-2023", "06/10/2023", "6.10.2023", "6 oktober 2023", "6 October 2023", "2023-10-06"],
)
def test_dates(typed: str) -> None:
    assert date_of(typed) == date(2023, 10, 6)


@pytest.mark.parametrize(
    "typed", ["31-2-2023", "6 smarch 2023", "morgen", "", "6-10", "13-13-2023"]
)
def test_no_dates(typed: str) -> None:
    with pytest.raises(ValueError, match="write a date"):
        date_of(typed)

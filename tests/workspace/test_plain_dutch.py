"""What people read is plain Dutch, and what checks it notices what is not."""

import re
from pathlib import Path

import pytest

from tests.workspace import plain_dutch
from tests.workspace.members import ROOT

MAILS = ROOT / "services/notification/doorpakken_notification/templates/mails"
HTML = sorted(MAILS.glob("*/*.??.html"))
# The page where one answers; where a session is online is another kind of link.
LINK = re.compile(r"\{\{ (button|answer)\(|(href)=.\{\{ url")
WHEN_WHERE = ("{0}.when", "{0}.where")


def test_nothing_that_people_read_has_to_be_mended() -> None:
    assert [(text.where, why) for text, why in plain_dutch.found(plain_dutch.texts())] == []


def test_texts_are_found_in_pages_mails_letters_and_code() -> None:
    places = {text.where for text in plain_dutch.texts()}
    assert {"services/registration", "services/matching", "services/reporting"} <= places
    names = {Path(place).name for place in places}
    assert {"invitation.nl.txt", "invitation.nl.html", "letter.nl.txt", "wording.py"} <= names


def test_every_exception_is_needed() -> None:
    said = {text.words for text in plain_dutch.texts()}
    for text, reason in plain_dutch.rules()["exceptions"].items():
        assert reason
        assert text in said
        assert plain_dutch.trouble(text)


@pytest.mark.parametrize(
    ("words", "trouble"),
    [
        ("Kom vrijdag 6 oktober, 15.00–17.00 uur. Tot dan!", []),
        (" ".join(["woord"] * 15) + ". Nog een zin.", []),
        (
            " ".join(["woord"] * 16),
            ["16 words, make it two sentences: " + " ".join(["woord"] * 16)],
        ),
        ("Dag %(name)s, derhalve niet.", ["“derhalve”, write: daarom"]),
        ("Wij realiseren het.", ["“realiseren”, write: maken, doen"]),
        ("Indien u wilt.", ["“Indien”, write: als"]),
        ("Kom naar het event.", ["“event”, write: bijeenkomst"]),
        ("Dit is te laat.", ["“te laat”, write: wacht op nieuwe datum"]),
        ("Wij kozen eventueel deze.", []),
        ("Kies vóór 11-10-2023.", ["11-10-2023, write the date out"]),
    ],
)
def test_what_a_reader_stumbles_over_is_told(words: str, trouble: list[str]) -> None:
    assert plain_dutch.trouble(words) == trouble


def test_a_template_is_read_as_people_read_it() -> None:
    template = (
        "{# not shown #}<p>Beste {{ name }},</p>\n{% if x %}<p>U <em>komt</em>.</p>{% endif %}"
        '{{ button(url, "Kies uw sessie") }}'
    )
    lines = [line.strip() for line in plain_dutch.plain(template).splitlines() if line.strip()]
    assert lines == ["Beste …X,", "U komt.", "…X", "Kies uw sessie"]


@pytest.mark.parametrize("path", HTML, ids=lambda path: path.name)
def test_a_mail_has_one_main_button_and_it_comes_first(path: Path) -> None:
    links = ["".join(found) for found in LINK.findall(path.read_text())]
    assert links[0] == "button"
    assert links.count("button") == 1


@pytest.mark.parametrize("path", HTML, ids=lambda path: path.name)
@pytest.mark.parametrize("thing", ["session", "gathering"])
def test_who_reads_of_it_reads_when_and_where(path: Path, thing: str) -> None:
    for source in (path, path.with_suffix(".txt")):
        text = source.read_text()
        if f"{thing}.title" in text:
            needed = [one.format(thing) for one in WHEN_WHERE]
            assert f"place({thing})" in text or all(one in text for one in needed)

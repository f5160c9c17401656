"""Days, hours and amounts are said as people say them, in both languages."""

from datetime import UTC, date, datetime

import pytest
from doorpakken_events import words as event_words
from doorpakken_pages import moments
from doorpakken_pages.catalogue import translations, untranslated
from doorpakken_pages.pages import _environment
from doorpakken_pages.words import UNITS, WORDS
from doorpakken_plumbing.time import clock

THIRTEEN_UTC = datetime(2023, 10, 6, 13, 0, tzinfo=UTC)
FIFTEEN_UTC = datetime(2023, 10, 6, 15, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("template", "dutch", "english"),
    [
        ("{{ at | day }}", "vrijdag 6 oktober", "Friday 6 October"),
        ("{{ at | time }}", "15.00 uur", "15:00"),
        ("{{ at | day_time }}", "vrijdag 6 oktober, 15.00 uur", "Friday 6 October, 15:00"),
        ("{{ at | hours(until) }}", "15.00–17.00 uur", "15:00–17:00"),
        ("{{ '2023-11-05' | day }}", "zondag 5 november", "Sunday 5 November"),
        ("{{ late | day }}", "zaterdag 7 oktober", "Saturday 7 October"),
        ("{{ 750000 | euros }}", "€ 7.500", "€7,500"),
        ("{{ 1250 | euros }}", "€ 12,50", "€12.50"),
        ("{{ 750000 | amount('euro_cent') }}", "€ 7.500", "€7,500"),
        ("{{ 15 | amount('place') }}", "15 plekken", "15 places"),
        ("{{ 1 | amount('place') }}", "1 plek", "1 place"),
        ("{{ 1 | amount('hour') }}", "1 uur", "1 hour"),
        ("{{ 2 | amount('hour') }}", "2 uur", "2 hours"),
        ("{{ 'hour' | unit }}", "uur", "hours"),
        ("{{ 1200 | amount('square_metre') }}", "1.200 m²", "1,200 m²"),
        ("{{ 3 | amount('barrel') }}", "3 barrel", "3 barrel"),
        ("{{ 'community_member' | word('kind') }}", "bewoner", "resident"),
        ("{{ 'unheard_of' | word('kind') }}", "unheard_of", "unheard_of"),
        ("{{ at | day | beginning }}", "Vrijdag 6 oktober", "Friday 6 October"),
        ("{{ ['naaien'] | listed }}", "naaien", "naaien"),
        ("{{ ['oppas', 'les', 'oppas'] | listed }}", "oppas en les", "oppas and les"),
    ],
)
def test_filters(template: str, dutch: str, english: str) -> None:
    values = {"at": THIRTEEN_UTC, "until": FIFTEEN_UTC}
    values["late"] = datetime(2023, 10, 6, 22, 30, tzinfo=UTC)
    said = [
        _environment("doorpakken_pages", name, translations(name, "doorpakken_pages"))
        .from_string(template)
        .render(values)
        for name in ("nl", "en")
    ]
    assert [text.replace("\N{NO-BREAK SPACE}", " ") for text in said] == [dutch, english]


@pytest.fixture(autouse=True)
def that_year(monkeypatch: pytest.MonkeyPatch) -> None:
    """The story's own, so that its days need no year."""
    monkeypatch.setattr(clock, "now", lambda: THIRTEEN_UTC)


@pytest.mark.parametrize(
    ("start", "dutch", "english"),
    [
        (datetime(2023, 10, 6, 18, tzinfo=UTC), "vrijdag 6 oktober", "Friday 6 October"),
        (datetime(2024, 10, 6, 18, tzinfo=UTC), "zondag 6 oktober 2024", "Sunday 6 October 2024"),
        # It is next year in Amsterdam already.
        (
            datetime(2023, 12, 31, 23, 30, tzinfo=UTC),
            "maandag 1 januari 2024",
            "Monday 1 January 2024",
        ),
        (date(2022, 3, 1), "dinsdag 1 maart 2022", "Tuesday 1 March 2022"),
        ("2023-03-01", "woensdag 1 maart", "Wednesday 1 March"),
    ],
)
def test_a_day_of_another_year_says_so(start: moments.Day, dutch: str, english: str) -> None:
    assert (moments.day(start, "nl"), moments.day(start, "en")) == (dutch, english)


def test_hours_over_more_than_one_day_say_which() -> None:
    friday, saturday = (
        datetime(2023, 10, 6, 18, tzinfo=UTC),
        datetime(2023, 10, 7, 15, tzinfo=UTC),
    )
    assert moments.hours(friday, saturday, "nl") == "20.00 uur tot zaterdag 7 oktober, 17.00 uur"
    assert moments.hours(friday, saturday, "en") == "20:00 to Saturday 7 October, 17:00"
    # One day in Amsterdam, two in UTC.
    late, later = datetime(2023, 10, 6, 22, tzinfo=UTC), datetime(2023, 10, 7, 1, tzinfo=UTC)
    assert moments.hours(late, later, "nl") == "00.00–03.00 uur"


def test_a_time_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        moments.time(datetime(2023, 10, 6, 15, 0), "nl")  # noqa: DTZ001


def test_a_day_in_winter_time() -> None:
    assert moments.time(datetime(2023, 11, 6, 13, 0, tzinfo=UTC), "nl") == "14.00 uur"
    assert moments.short_day(date(2023, 10, 6), "nl") == "6 okt"


def test_every_text_has_its_english() -> None:
    assert untranslated("doorpakken_pages") == set()


def test_every_word_of_the_events_has_its_dutch() -> None:
    assert set(WORDS["kind"]) == set(event_words.KINDS)
    assert set(WORDS["category"]) == set(event_words.CATEGORIES)
    units = {unit for several in event_words.UNITS.values() for unit in several}
    assert set(UNITS) == units
    assert set(WORDS["pitch_kind"]) == set(event_words.PITCH_KINDS)

"""What people read: periods, reasons, and sentences short enough."""

import re
from datetime import UTC, datetime
from importlib import resources
from importlib.resources.abc import Traversable

import pytest
from doorpakken_events.matching import Reason
from doorpakken_events.registration import Need
from doorpakken_notification import wording
from doorpakken_plumbing.time import clock

MOST_WORDS = 15
START, END = datetime(2023, 10, 28, 8, 30, tzinfo=UTC), datetime(2023, 10, 28, 10, 30, tzinfo=UTC)
NEED = Need(
    need_id="n", category="space", description="12 dagdelen keuken", amount=12, unit="day_part"
)


@pytest.fixture(autouse=True)
def that_year(monkeypatch: pytest.MonkeyPatch) -> None:
    """The story's own, so that its days need no year."""
    monkeypatch.setattr(clock, "now", lambda: datetime(2023, 10, 8, tzinfo=UTC))


def test_periods_are_amsterdam_time_and_written_out() -> None:
    assert wording.period(START, END, "nl") == "Zaterdag 28 oktober, 10.30–12.30 uur"
    assert wording.period(START, END, "en") == "Saturday 28 October, 10:30–12:30"


@pytest.mark.parametrize(
    ("reason", "dutch", "english"),
    [
        (
            Reason(code="offer_meets_need", category="space", need_id="n"),
            "U kunt helpen met ruimte. Dit is nodig: 12 dagdelen keuken.",
            "You can help with space. This is needed: 12 dagdelen keuken.",
        ),
        (
            Reason(code="shared_interest", word="jongeren"),
            "Dit gaat over iets wat u belangrijk vindt: jongeren.",
            "This is about something you care about: jongeren.",
        ),
        (
            Reason(code="wished_for"),
            "U wilde hieraan meewerken.",
            "You wanted to work on this.",
        ),
        (Reason(code="supports_pitch"), "U steunt deze pitch.", "You support this pitch."),
        (
            Reason(code="similar_text", word="naaien"),
            "U vertelde over: naaien. Daar gaat deze sessie ook over.",
            "You told us about: naaien. This session is about that too.",
        ),
        (
            Reason(code="kind_is_scarce"),
            "Er komen nog weinig ondernemers.",
            "Few entrepreneurs are coming so far.",
        ),
    ],
)
def test_every_reason_has_a_plain_sentence(reason: Reason, dutch: str, english: str) -> None:
    said = [
        wording.reason_sentence(reason, need=NEED, kind="local_entrepreneur", language=language)
        for language in ("nl", "en")
    ]
    assert said == [dutch, english]


def test_words_of_one_kind_are_said_in_one_sentence() -> None:
    reasons = [
        Reason(code="shared_interest", word="naaien"),
        Reason(code="supports_pitch"),
        Reason(code="shared_interest", word="koken"),
    ]
    said = {
        wording.reason_sentence(reason, need=None, kind=None, language="nl"): None
        for reason in wording.gathered(reasons, "nl")
    }
    assert list(said) == [
        "Dit gaat over iets wat u belangrijk vindt: naaien en koken.",
        "U steunt deze pitch.",
    ]


@pytest.mark.parametrize("code", ["shared_interest", "similar_text", "something_new"])
def test_a_reason_without_words_is_left_out(code: str) -> None:
    reason = Reason.model_validate({"code": code}, context={"reading": True})
    assert wording.reason_sentence(reason, need=None, kind=None, language="nl") is None


def _templates() -> dict[str, Traversable]:
    """The templates of all kinds, by name."""
    mails = resources.files("doorpakken_notification") / "templates" / "mails"
    kinds = [folder for folder in mails.iterdir() if folder.is_dir()]
    return {template.name: template for kind in kinds for template in kind.iterdir()}


TEMPLATES = _templates()


@pytest.mark.parametrize("name", [name for name in sorted(TEMPLATES) if name.endswith(".txt")])
def test_sentences_of_mails_are_short(name: str) -> None:
    text = TEMPLATES[name].read_text()
    plain = re.sub(r"\{\{.*?\}\}", "woord", re.sub(r"\{%.*?%\}", "\n", text))
    sentences = [part for part in re.split(r"[.?!:;\n]", plain) if part.strip()]
    assert len(sentences) > 5
    assert [part for part in sentences if len(part.split()) > MOST_WORDS] == []


def test_each_text_exists_in_both_languages_and_forms() -> None:
    names = TEMPLATES.keys()
    kinds = {name.split(".")[0] for name in names if name.endswith(".txt")}
    assert {
        f"{kind}.{lang}.{form}"
        for kind in kinds
        for lang in ("nl", "en")
        for form in ("txt", "html")
    } <= names


def test_nobody_is_asked_to_call_where_no_number_is_set() -> None:
    unguarded = [
        (name, line)
        for name, template in TEMPLATES.items()
        for line in template.read_text().splitlines()
        if "{{ phone }}" in line and "{% if phone %}" not in line
    ]
    assert unguarded == []

"""A count is right only where two sources tell it and all of them tell what was expected."""

import json
from pathlib import Path

import pytest
from doorpakken_events.envelope import Envelope, read_headers
from doorpakken_local.demo.counting.counts import Counts, needs_left, with_none
from doorpakken_local.demo.counting.report import Report
from doorpakken_local.demo.counting.topics import newest_of
from doorpakken_local.demo.counting.verdict import judge, wrong

BY_WORD = ("answers", "insights", "support", "mails")
PAIRS = ("people_by_kind", "needs_left")
NUMBERS = Counts.model_fields.keys() - {*BY_WORD, *PAIRS}
EXPECTED = Counts(
    **dict.fromkeys(NUMBERS, 1),
    **{name: {"accepted": 1} for name in BY_WORD},
    **{name: {"other": (1, 1)} for name in PAIRS},
)


def found(**differing: object) -> dict[str, Counts]:
    alike = EXPECTED.model_copy()
    return {"topics": alike, "stores": alike.model_copy(update=differing), "pages": Counts()}


def names(**differing: object) -> list[str]:
    return [line.name for line in wrong(judge(EXPECTED, found(**differing)))]


def test_sources_that_agree_are_right() -> None:
    assert names() == []


@pytest.mark.parametrize("value", [2, None])
def test_a_source_that_differs_or_one_alone_is_wrong(value: int | None) -> None:
    assert names(seats=value) == ["seats"]


def test_only_the_broker_knows_of_duplicates() -> None:
    assert names(duplicates=None) == []


def test_a_count_in_dispute_is_null_in_the_report(tmp_path: Path) -> None:
    report = Report(judge(EXPECTED, found(seats=7)), {"attendee-registered": 1}, {}, {})
    report.write(tmp_path / "report.json")
    written = json.loads((tmp_path / "report.json").read_text())
    assert not report.is_right
    assert written["seats"] is None
    assert written["attendees"] == 1
    assert written["counts"]["seats"]["stores"] == 7


def envelope(version: int) -> Envelope:
    headers = {
        "ce_specversion": "1.0",
        "ce_id": f"id-{version}",
        "ce_source": "/doorpakken/registration",
        "ce_type": "nl.doorpakken.attendee-registered.v1",
        "ce_subject": "attendee/a1",
        "ce_sequence": str(version),
        "ce_time": "2023-10-06T13:00:00Z",
    }
    return read_headers([(name, value.encode()) for name, value in headers.items()])


def test_the_newest_state_counts_whatever_the_order() -> None:
    said = [(envelope(version), b'{"v": %d}' % version) for version in (2, 3, 1)]
    assert newest_of(said) == {"attendee": [{"v": 3}]}
    assert newest_of([*said, (envelope(4), None)]) == {}


def test_who_gave_no_answer_is_counted() -> None:
    assert with_none({"accepted": 2}, 5) == {"accepted": 2, "declined": 0, "maybe": 0, "none": 3}


def test_what_is_offered_beyond_a_need_is_told_apart_from_what_is_left() -> None:
    left = needs_left({"N1": 10, "N2": 4, "N3": 4}, [("N1", 3), ("N2", 4), ("N2", 5)])
    assert left == {"N1": (7, 0), "N2": (0, 5), "N3": (4, 0)}

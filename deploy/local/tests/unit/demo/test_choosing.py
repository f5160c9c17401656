"""People choose what they name and then what suits them, never two sessions at the same time."""

import pytest
from doorpakken_local.demo.steps.choosing import NothingLeft, choose, named_in
from doorpakken_local.demo.stories.parts import BEST, Person
from doorpakken_local.demo.visiting.web import Json


def session(title: str, hour: int) -> Json:
    return {
        "id": title.lower(),
        "title": title,
        "starts_at": f"2023-10-17T{hour:02d}:00:00Z",
        "ends_at": f"2023-10-17T{hour + 2:02d}:00:00Z",
    }


OCTA, SEWING, LUNCH = session("OCTA", 10), session("Kleur & Draad", 11), session("Lunch", 12)
ALL = [SEWING, LUNCH, OCTA]


def person(*chooses: str) -> Person:
    return Person(name="Mila Tulp", kind="other", email="mila@post.example", chooses=chooses)


def test_the_first_of_the_mail_is_the_best() -> None:
    assert choose(person(BEST), [LUNCH, OCTA], ALL) == [LUNCH]


def test_the_best_beside_a_named_one_does_not_overlap_it() -> None:
    assert choose(person("OCTA", BEST), [SEWING, LUNCH], ALL) == [OCTA, LUNCH]


def test_somebody_without_suggestions_takes_what_there_is() -> None:
    assert choose(person(BEST), [], ALL) == [SEWING]


def test_nothing_left_is_said() -> None:
    with pytest.raises(NothingLeft):
        choose(person("Kleur & Draad", BEST), [], [SEWING, OCTA])


def test_sessions_are_read_in_the_order_of_the_mail() -> None:
    assert named_in("1. Lunch, dinsdag\n2. OCTA", ALL) == [LUNCH, OCTA]

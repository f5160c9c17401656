"""Who a person is after they were changed or joined with another, and what a search looks for."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from doorpakken_registration.common.model.search import words_in, words_of
from doorpakken_registration.people.model.person import Introduction, Person

NUMBER = "+31612345678"


def _person(name: str = "Gladys", email: str | None = "g@a.example", **more: object) -> Person:
    who = Introduction(name, email, None, "nl")
    made = Person(
        "p", 1, name, email, None, "nl", who.identities, 0, datetime(2023, 10, 6, tzinfo=UTC)
    )
    return replace(made, **more)  # type: ignore[arg-type]


def test_an_address_that_goes_finds_nobody_and_ends_links() -> None:
    moved = _person().introduced(Introduction("Gladys", "g@b.example", NUMBER, "nl"))
    assert moved.identities == ("g@b.example gladys", f"{NUMBER} gladys")
    assert moved.generation == 1


def test_an_address_that_comes_ends_no_links() -> None:
    more = _person().introduced(Introduction("Gladys", "g@a.example", NUMBER, "nl"))
    assert (more.generation, len(more.identities)) == (0, 2)


def test_what_came_with_a_merge_stays_until_its_address_goes() -> None:
    other = _person("Gladys W.", "w@c.example")
    joined = _person().joined_by(other)
    assert joined.identities == ("g@a.example gladys", "w@c.example gladys w.")
    renamed = joined.introduced(Introduction("Gladys Klaver", "g@a.example", None, "nl"))
    assert renamed.identities == ("g@a.example gladys klaver", "w@c.example gladys w.")
    taken_over = _person(email=None, identities=(f"{NUMBER} gladys",), phone=NUMBER).joined_by(
        other
    )
    assert (taken_over.email, taken_over.phone) == ("w@c.example", NUMBER)
    assert "w@c.example gladys" in taken_over.identities
    gone = taken_over.introduced(Introduction("Gladys", None, NUMBER, "nl"))
    assert gone.identities == (f"{NUMBER} gladys",)


@pytest.mark.parametrize(
    ("search", "words"),
    [
        ("", []),
        ("  Gladys  WATER ", ["gladys", "water"]),
        ("06 12 34", ["61234"]),
        ("+31 6 12", ["31612"]),
        ("(020) 555-01", ["2055501"]),
        ("g@a.example", ["g@a.example"]),
        ("0", []),
    ],
)
def test_words_to_look_for(search: str, words: list[str]) -> None:
    assert words_of(search) == words


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("gladys waterlelie", ["gladys", "waterlelie"]),
        ("noa d'ancona", ["ancona", "d", "noa"]),
        ("zoë müller-vliet", ["muller", "vliet", "zoe"]),
        ("z.vlier@a.example zo", ["a", "example", "vlier", "z.vlier@a.example", "zo"]),
        ("+31612345678 jan", ["31612345678", "612345678", "jan"]),
        ("jan jansen", ["jansen"]),
    ],
)
def test_words_by_which_somebody_is_found(key: str, words: list[str]) -> None:
    assert words_in([key]) == words

"""The code at the door: the same for registration and notification, and readable as people type."""

from doorpakken_plumbing.identity.door_codes import (
    door_code,
    door_codes,
    read_code,
    shown,
)
from doorpakken_plumbing.identity.links import LinkKeys
from doorpakken_plumbing.identity.short_codes import ALPHABET

OLD, NEW = b"o" * 32, b"n" * 32
KEYS = LinkKeys({"new": NEW, "old": OLD})


def test_it_is_six_of_the_letters_and_the_same_each_time() -> None:
    code = door_code(KEYS, "attendee")
    assert (len(code), {*code} <= {*ALPHABET}) == (6, True)
    assert door_code(KEYS, "attendee") == code
    assert door_code(KEYS, "another") != code
    assert door_code(LinkKeys({"new": OLD}), "attendee") != code


def test_a_code_of_an_older_key_is_known() -> None:
    before = door_code(LinkKeys({"old": OLD}), "attendee")
    assert door_codes(KEYS, "attendee") == (door_code(KEYS, "attendee"), before)


def test_a_thousand_people_have_a_thousand_codes() -> None:
    assert len({door_code(KEYS, f"attendee-{number}") for number in range(1000)}) == 1000


def test_it_is_read_as_people_type_it() -> None:
    assert read_code(" k7q-xm2 ") == read_code(shown("K7QXM2")) == "K7QXM2"
    assert [read_code(one) for one in ("", "K7QXM", "K7QXM0", "Gladys", "K7QXM2" * 9)] == [None] * 5

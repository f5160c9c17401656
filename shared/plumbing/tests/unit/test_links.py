"""Links open for whom they were made, until they expire, and for nobody who changes a letter."""

import base64
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from doorpakken_plumbing.identity.links import (
    PURPOSES,
    Link,
    LinkExpired,
    LinkKeys,
    LinkRefused,
    make_link,
    read_keys,
    read_link,
)
from hypothesis import given
from hypothesis import strategies as st

NOW = datetime(2023, 9, 15, 9, 0, tzinfo=UTC)
KEYS = LinkKeys({"b": b"b" * 32, "a": b"a" * 32})
PERSON = "0190b5a2-7c3e-7f11-8a77-2f4c1f8f0a01"
LINK = Link("answer", PERSON, "0190b5a2-7c3e-7f11-8a77-2f4c1f8f0a02", 3, NOW + timedelta(days=5))

ids = st.one_of(st.uuids().map(str), st.text(max_size=60), st.uuids().map(lambda u: str(u).upper()))
links = st.builds(
    Link,
    purpose=st.sampled_from(PURPOSES),
    person_id=ids,
    object_id=ids,
    generation=st.integers(0, 65_535),
    expires_at=st.integers(1, 2_000_000_000).map(lambda seconds: NOW + timedelta(seconds=seconds)),
)


@given(links)
def test_what_is_made_is_read(link: Link) -> None:
    assert read_link(KEYS, make_link(KEYS, link), NOW) == link


def test_a_link_between_two_uuids_is_short_and_safe_in_a_url() -> None:
    token = make_link(KEYS, LINK)
    assert len(token) <= 120
    assert token.replace(".", "").replace("-", "").replace("_", "").isalnum()


def test_ids_stay_out_of_sight() -> None:
    token = make_link(KEYS, LINK)
    assert UUID(PERSON).hex not in token


def test_every_changed_character_is_refused() -> None:
    token = make_link(KEYS, LINK)
    for position, letter in enumerate(token):
        for other in "Ab":
            if other != letter:
                with pytest.raises(LinkRefused):
                    read_link(KEYS, token[:position] + other + token[position + 1 :], NOW)


@pytest.mark.parametrize("token", ["", ".", "b.", "b.AAAA", "b.!!", "b." + "A" * 1000, "c.AAAA"])
def test_what_is_no_link_is_refused(token: str) -> None:
    with pytest.raises(LinkRefused):
        read_link(KEYS, token, NOW)


def test_a_second_spelling_is_refused() -> None:
    token = make_link(KEYS, LINK)
    with pytest.raises(LinkRefused):
        read_link(KEYS, token + "=", NOW)


def test_expires_at_its_moment() -> None:
    token = make_link(KEYS, LINK)
    assert read_link(KEYS, token, LINK.expires_at - timedelta(milliseconds=1)) == LINK
    with pytest.raises(LinkExpired):
        read_link(KEYS, token, LINK.expires_at)


def test_an_older_key_is_still_read_and_a_removed_one_is_not() -> None:
    token = make_link(LinkKeys({"a": b"a" * 32}), LINK)
    assert read_link(KEYS, token, NOW) == LINK
    with pytest.raises(LinkRefused):
        read_link(LinkKeys({"b": b"b" * 32}), token, NOW)


def test_one_key_under_two_names_does_not_swap_them() -> None:
    token = make_link(LinkKeys({"a": b"a" * 32}), LINK)
    with pytest.raises(LinkRefused):
        read_link(LinkKeys({"b": b"a" * 32}), "b" + token[1:], NOW)


def test_keys_are_read_in_order() -> None:
    first, second = (base64.urlsafe_b64encode(bytes([n]) * 32).decode().rstrip("=") for n in (1, 2))
    keys = read_keys(f"k2:{second}, k1:{first}")
    assert keys.signing == "k2"
    assert keys.keys == {"k2": b"\2" * 32, "k1": b"\1" * 32}


@pytest.mark.parametrize(
    "text", ["", "k1", "k1:c2hvcnQ", "k.1:" + "A" * 43, "toolongname:" + "A" * 43]
)
def test_wrong_keys_refuse_to_start(text: str) -> None:
    with pytest.raises(ValueError, match="key"):
        read_keys(text)

"""Splits a search by staff, and the names and addresses it searches, into words.
Every word of the search must be a prefix of a stored word; an empty search matches everybody."""

import re
import unicodedata
from collections.abc import Iterable

import phonenumbers

from doorpakken_registration.common.model.addresses import NOWHERE
from doorpakken_registration.common.model.names import key_of, tidy

WORDS_MAX = 8
_PART = re.compile(r"\w+")
_KEPT_NUMBER = re.compile(r"\+\d{1,20}")
_NUMBER = re.compile(r"[+(\d][\d\s().-]{0,39}")
_NO_DIGIT = re.compile(r"\D")


def words_of(search: str) -> list[str]:
    """`Gladys  WATER` gives `gladys`, `water`. A phone number gives its digits without leading
    zeros: 06 12 gives `612`, since the number is stored as +31612."""
    # An address may contain two dashes in a row, which `key_of` would make one.
    text = tidy(search).casefold() if "@" in search else key_of(search)
    if _NUMBER.fullmatch(text):
        digits = _NO_DIGIT.sub("", text).lstrip("0")
        return [digits] if digits else []
    found = [[one] if "@" in one else _PART.findall(one) for one in plain(text).split()]
    return [word for words in found for word in words][:WORDS_MAX]


def words_in(keys: Iterable[str]) -> list[str]:
    """The words of name keys, with or without an address before them: `noa d'ancona` is found by
    `ancona`, an e-mail address by each of its parts. Leaves out words that are a prefix of another
    one."""
    words: set[str] = set()
    for word in {one for key in keys for one in plain(key).split() if not one.startswith(NOWHERE)}:
        words |= {*_PART.findall(word), *_numbers(word)} | ({word} if "@" in word else set())
    in_order = sorted(words)
    following = [*in_order[1:], ""]
    return [
        one for one, after in zip(in_order, following, strict=True) if not after.startswith(one)
    ]


def plain(text: str) -> str:
    """Removes accents, so that `muller` finds `Müller`."""
    if text.isascii():
        return text
    apart = unicodedata.normalize("NFKD", text)
    return "".join(one for one in apart if not unicodedata.combining(one))


def _numbers(word: str) -> set[str]:
    # The national number, so that +31612 is also found by 0612.
    if not _KEPT_NUMBER.fullmatch(word):
        return set()
    try:
        return {str(phonenumbers.parse(word).national_number)}
    except phonenumbers.NumberParseException:
        return set()

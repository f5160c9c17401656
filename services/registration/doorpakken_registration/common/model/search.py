"""What staff look for among names and addresses, as beginnings of words that must all be there; and
the words of a name or an address. An empty search fits everybody."""

import re
import unicodedata
from collections.abc import Iterable

import phonenumbers

from doorpakken_registration.common.model.names import key_of, tidy

WORDS_MAX = 8
_PART = re.compile(r"\w+")
_KEPT_NUMBER = re.compile(r"\+\d{1,20}")
_NUMBER = re.compile(r"[+(\d][\d\s().-]{0,39}")
_NO_DIGIT = re.compile(r"\D")


def words_of(search: str) -> list[str]:
    """`Gladys  WATER` gives `gladys`, `water`; a phone number gives its digits: 06 12 gives `612`,
    since it is kept as +31612."""
    # An address may have two dashes in a row; in a name they are one.
    text = tidy(search).casefold() if "@" in search else key_of(search)
    if _NUMBER.fullmatch(text):
        digits = _NO_DIGIT.sub("", text).lstrip("0")
        return [digits] if digits else []
    found = [[one] if "@" in one else _PART.findall(one) for one in plain(text).split()]
    return [word for words in found for word in words][:WORDS_MAX]


def words_in(keys: Iterable[str]) -> list[str]:
    """The words of keys of names, also with an address before them: `noa d'ancona` is found by
    `ancona`, an e-mail address by each of its parts. A word that begins another one is left out."""
    words: set[str] = set()
    for word in {one for key in keys for one in plain(key).split()}:
        words |= {*_PART.findall(word), *_numbers(word)} | ({word} if "@" in word else set())
    in_order = sorted(words)
    following = [*in_order[1:], ""]
    return [
        one for one, after in zip(in_order, following, strict=True) if not after.startswith(one)
    ]


def plain(text: str) -> str:
    """Without accents: `Müller` is found by `muller`, and by itself."""
    if text.isascii():
        return text
    apart = unicodedata.normalize("NFKD", text)
    return "".join(one for one in apart if not unicodedata.combining(one))


def _numbers(word: str) -> set[str]:
    """A phone number as it is called at home, too: +31612 is looked for as 0612."""
    if not _KEPT_NUMBER.fullmatch(word):
        return set()
    try:
        return {str(phonenumbers.parse(word).national_number)}
    except phonenumbers.NumberParseException:
        return set()

"""What staff look for among names and addresses, as the parts that must all stand in one of them.
Refuses nothing; an empty search fits everybody."""

import re

from doorpakken_registration.model.names import key_of, tidy

WORDS_MAX = 8
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
    return text.split()[:WORDS_MAX]

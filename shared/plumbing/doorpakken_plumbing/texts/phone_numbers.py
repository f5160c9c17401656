"""Finds phone numbers in running text: parses candidates, and counts those that can be called.
Times, dates, amounts and short service numbers do not count. Raises nothing."""

import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import phonenumbers
from phonenumbers import PhoneNumberType

HOME = "NL"
HOME_LENGTH = 10
ABROAD_LENGTHS = range(9, 16)
# A text with more candidates counts as having a number: parsing all would take too long.
PARSED_MAX = 200
# Nobody answers in person there; `0900-1200` is as often a time as a number.
_SERVICES = (
    PhoneNumberType.TOLL_FREE,
    PhoneNumberType.PREMIUM_RATE,
    PhoneNumberType.SHARED_COST,
)
_SPOKEN = {
    word: str(digit)
    for words in (
        ("nul", "een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen"),
        ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
    )
    for digit, word in enumerate(words)
} | {"één": "1"}
_SPOKEN_DIGIT = re.compile("|".join(_SPOKEN), re.IGNORECASE)
_SPOKEN_DIGITS = re.compile(
    rf"(?<![^\W\d_])(?:{'|'.join(_SPOKEN)}){{1,15}}(?![^\W\d_])", re.IGNORECASE
)
# Dates with a year, amounts with thousands separators and bank accounts: never part of a number.
_APART = re.compile(
    r"(?<![\d+])(?:\d{1,2}([-/. ])\d{1,2}\1(?:19|20|21)\d\d|(?:19|20|21)\d\d-\d\d-\d\d)(?![-./]?\d)"
    r"|(?<![\d.+])[1-9]\d{0,2}(?:\.\d{3}){1,5}(?![\d.])"
    r"|(?<!\w)[A-Z]{2}\d\d ?[A-Z]{4}(?: ?\d{2,4}){3,5}(?!\w)"
)
_HOUR = r"(?:[01]?\d|2[0-4])[.:][0-5]\d"
# A time or a range of times, a date with a short year or none, a range of days of a month.
_MOMENT = re.compile(
    r"(?<!\d)(?<!\d[-./:])(?:"
    rf"{_HOUR}(?: ?- ?{_HOUR})?|[0-3]?\d([-/.])[01]?\d\1\d\d|[0-3]?\d ?[-/] ?[0-3]?\d"
    r")(?![-./:]?\d)"
)
_DIGITS = re.compile(r"\d{1,20}")
_PLUS = re.compile(r"(?<!\d)\+[ (]{0,2}\Z")
_BETWEEN = frozenset(" \t.-/()_*|·•~:'")
_BETWEEN_MAX = 4
_MOBILE_ABROAD = "316"
_NEVER = (sys.maxsize, sys.maxsize)


@dataclass(frozen=True, slots=True)
class _Group:
    """Adjacent digits, and how they stand in the text."""

    start: int  # offset among the digits of its run
    end: int
    has_plus: bool
    may_begin: bool
    may_end: bool
    is_moment: bool


@dataclass(frozen=True, slots=True)
class _Run:
    """Groups with only short separators between them."""

    digits: str
    groups: Sequence[_Group]


def has_phone_number(text: str) -> bool:
    """Whether a person can be called with a number in it; True beyond `PARSED_MAX` candidates."""
    left = PARSED_MAX
    seen: set[str] = set()
    for candidate in _candidates(_APART.sub("…", _SPOKEN_DIGITS.sub(_as_digits, text))):
        if candidate not in seen:
            seen.add(candidate)
            if not left or _reaches_a_person(candidate):
                return True
            left -= 1
    return False


def _as_digits(spoken: re.Match[str]) -> str:
    return "".join(_SPOKEN[word.lower()] for word in _SPOKEN_DIGIT.findall(spoken[0]))


def _candidates(text: str) -> Iterator[str]:
    for run in _runs(text):
        ends = {group.end: at for at, group in enumerate(run.groups) if group.may_end}
        for at, first in enumerate(run.groups):
            if first.may_begin:
                for end, number in _dialled(run.digits, first):
                    # Adjacent times and dates often look like a number.
                    last = ends.get(end, -1)
                    if any(not one.is_moment for one in run.groups[at : last + 1]):
                        yield number


def _runs(text: str) -> Iterator[_Run]:
    moments = iter([found.span() for found in _MOMENT.finditer(text)])
    begin, until = next(moments, _NEVER)
    parts: list[str] = []
    groups: list[_Group] = []
    before = length = 0
    for found in _DIGITS.finditer(text):
        start, end = found.span()
        has_plus = bool(_PLUS.search(text, max(0, start - 4), start))
        if has_plus or not _joins(text[before:start]):
            yield _Run("".join(parts), groups)
            parts, groups, length = [], [], 0
        while until <= start:
            begin, until = next(moments, _NEVER)
        group = _Group(
            start=length,
            end=length + end - start,
            has_plus=has_plus,
            may_begin=not text[start - 1 : start].isalpha(),
            may_end=not text[end : end + 1].isalpha(),
            is_moment=begin <= start,
        )
        groups.append(group)
        parts.append(found[0])
        before, length = end, group.end
    yield _Run("".join(parts), groups)


def _joins(gap: str) -> bool:
    return len(gap) <= _BETWEEN_MAX and _BETWEEN.issuperset(gap)


def _dialled(digits: str, first: _Group) -> Iterator[tuple[int, str]]:
    """Each number that may begin at `first`, after the offset where it would end."""
    at = first.start
    if first.has_plus or digits.startswith("00", at):
        bare = at if first.has_plus else at + 2
        if digits[bare : bare + 1] not in ("", "0"):
            for length in ABROAD_LENGTHS:
                yield bare + length, f"+{digits[bare : bare + length]}"
    elif digits.startswith("0", at):
        yield at + HOME_LENGTH, digits[at : at + HOME_LENGTH]
    elif digits.startswith(_MOBILE_ABROAD, at):
        yield at + HOME_LENGTH + 1, f"+{digits[at : at + HOME_LENGTH + 1]}"


def _reaches_a_person(number: str) -> bool:
    try:
        parsed = phonenumbers.parse(number, HOME)
    except phonenumbers.NumberParseException:
        return False
    return phonenumbers.is_valid_number(parsed) and (
        phonenumbers.number_type(parsed) not in _SERVICES
    )

"""Texts of strangers cost time in step with their length: every pattern of the packages, and what
reads names, numbers, addresses and public text, is tried with texts that make bad ones slow."""

import ast
import importlib
import re
import string
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from doorpakken_matching.model.availability import can_come
from doorpakken_matching.planning.text import TextAffinity
from doorpakken_plumbing.texts.public_text import has_contact_details
from doorpakken_plumbing.time.clock import now
from doorpakken_registration.common.model.amounts import euro_cents, whole
from doorpakken_registration.common.model.dates import date_of
from doorpakken_registration.common.model.names import key_of, name_of
from doorpakken_registration.common.model.search import words_of
from doorpakken_registration.conversation.model.card import numbers_in
from doorpakken_registration.pitches.model.likeness import likeness

from tests.workspace.members import MEMBERS, ROOT

SHORT, TIMES = 400, 16
# A text sixteen times as long takes sixteen times as long; a quadratic pattern takes 256 times.
RATIO_MAX = 4 * TIMES
TRIES = 3
CLOCK_SECONDS = 2e-5  # what is shorter measures the clock itself
Reading = Callable[[str], object]

PIECES = [
    *("a", "0", " ", ".", "@", "-", "\n", "ß", "é", "٦", "<", "{{", "{%", "'", "/", ":", "%", "="),
    *("a@", "a.", "a@a.", "a:", "0 ", "0-", "06 ", "1.000.", "een ", " at ", "(at)", "1d", "a-"),
    *("09.00 - ", "06-10 ", "+3", "00 1", "=?", "ma ", "dagochtend", "€", "euro", "1,", "\r"),
]
ENDS = ("", "!\n", "@a.b")


def _modules() -> Iterator[tuple[str, Path]]:
    for member in MEMBERS:
        for path in sorted((ROOT / member.folder / member.package).rglob("*.py")):
            parts = path.relative_to(ROOT / member.folder).with_suffix("").parts
            if "re" in _imported(path) and path.stem != "__main__":
                yield ".".join(part for part in parts if part != "__init__"), path


@cache
def _imported(path: Path) -> set[str]:
    found = (node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Import))
    return {alias.name for node in found for alias in node.names}


def _patterns() -> Iterator[tuple[str, re.Pattern[Any]]]:
    for name, _ in _modules():
        for constant, value in vars(importlib.import_module(name)).items():
            if isinstance(value, re.Pattern):
                yield f"{name}.{constant}", value


PATTERNS = dict(_patterns())
READINGS: dict[str, Reading] = {
    "public text": has_contact_details,
    "key of a name": key_of,
    "name": name_of,
    "search": words_of,
    "euros": euro_cents,
    "whole number": whole,
    "date": date_of,
    "numbers of a card": numbers_in,
    "likeness": lambda text: likeness(text, text),
    "availability": lambda text: can_come([text], now()),
    "interests": lambda text: TextAffinity(["stageplekken"]).compare(text),
}


def _took(read: Reading, text: str) -> float:
    begun = time.thread_time()
    with suppress(ValueError):  # a refusal takes its time as well
        read(text)
    return time.thread_time() - begun


def _ratio(read: Reading, piece: str, end: str) -> float:
    """The least of a few tries, each with a fresh look at both lengths."""
    short = piece * (SHORT // len(piece)) + end
    long = piece * (TIMES * SHORT // len(piece)) + end
    least = few = float("inf")
    for _ in range(TRIES):
        least = min(least, _took(read, long))
        if least <= RATIO_MAX * CLOCK_SECONDS:
            return 0
        few = min(few, _took(read, short))
        if least <= RATIO_MAX * few:
            break
    return least / few


def _slow(read: Reading, pieces: list[str]) -> list[tuple[str, str]]:
    return [
        (piece, end) for piece in pieces for end in ENDS if _ratio(read, piece, end) > RATIO_MAX
    ]


def _all_ways(pattern: re.Pattern[Any]) -> Reading:
    def read(text: str) -> None:
        asked = text.encode() if isinstance(pattern.pattern, bytes) else text
        for way in (pattern.search, pattern.fullmatch):
            way(asked)

    return read


def _of_its_own(pattern: re.Pattern[Any]) -> list[str]:
    """Pieces out of the signs that stand in the pattern itself."""
    source = pattern.pattern if isinstance(pattern.pattern, str) else str(pattern.pattern)
    signs = sorted(set(source) - set("\\[](){}?*|^$") - set(string.ascii_letters))[:4]
    return [f"{one}{other}" for one in ("a", "1", *signs) for other in ("a", *signs)]


def test_a_quadratic_pattern_would_be_found() -> None:
    before = re.compile(r"[^\s@,;:()<>]+@[^\s@,;:()<>]+\.[^\W\d_]{2,}")
    assert _ratio(_all_ways(before), "a", "") > RATIO_MAX


@pytest.mark.parametrize("name", PATTERNS)
def test_a_pattern_takes_time_in_step_with_the_text(name: str) -> None:
    pattern = PATTERNS[name]
    assert _slow(_all_ways(pattern), [*PIECES, *_of_its_own(pattern)]) == []


@pytest.mark.parametrize("name", READINGS)
def test_reading_takes_time_in_step_with_the_text(name: str) -> None:
    assert _slow(READINGS[name], PIECES) == []


def test_every_pattern_stands_where_it_is_found() -> None:
    """A pattern inside a function would be tried by nobody."""
    inside = [
        f"{name}:{node.lineno}"
        for name, path in _modules()
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and ast.unparse(node.func.value) == "re"
        and node.func.attr not in ("compile", "escape")
    ]
    assert inside == []
    assert len(PATTERNS) >= 20

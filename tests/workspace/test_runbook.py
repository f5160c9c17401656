"""The runbook: a page for every fault that tests do, all of one form, naming tests there are."""

import ast
import re
from pathlib import Path

import pytest

from tests.workspace.members import ROOT

FOLDER = ROOT / "docs" / "runbook"
PAGES = sorted(path for path in FOLDER.glob("*.md") if path.name != "README.md")
SCREEN_LINES = 35
HEADINGS = [
    "## What you see",
    "## What the system does by itself",
    "## What you do",
    "## What must not happen",
    "## How it is tested",
]
FAULT = re.compile(r"f\d\d(?=[-_])")
NAMED_TEST = re.compile(r"`(tests/fault/test_\w+\.py)::(test_\w+)`")
LINK = re.compile(r"\]\(([\w-]+\.md)\)")


def _tests() -> set[tuple[str, str]]:
    """Every test of faults, by its file."""
    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    return {
        (path.relative_to(ROOT).as_posix(), node.name)
        for path in (ROOT / "tests" / "fault").glob("test_*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, functions) and node.name.startswith("test_")
    }


def _fault(name: str) -> str:
    """The fault that a page's or a test's name begins with; empty without one."""
    found = FAULT.match(name.removeprefix("test_"))
    return found[0] if found else ""


def test_every_fault_has_exactly_one_page() -> None:
    faults = {_fault(name) for _, name in _tests()} - {""}
    assert faults
    assert sorted(filter(None, (_fault(page.name) for page in PAGES))) == sorted(faults)


def test_the_first_page_leads_to_all_others() -> None:
    assert set(LINK.findall((FOLDER / "README.md").read_text())) == {page.name for page in PAGES}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_has_its_headings_in_order_on_one_screen(page: Path) -> None:
    lines = page.read_text().splitlines()
    assert len(lines) <= SCREEN_LINES
    assert [line for line in lines if line.startswith("## ")] == HEADINGS


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_names_tests_of_its_fault(page: Path) -> None:
    named = NAMED_TEST.findall(page.read_text())
    assert named
    assert set(named) <= _tests()
    assert {_fault(name) for _, name in named} == {_fault(page.name)}

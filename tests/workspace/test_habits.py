"""The habits of CONTRIBUTING that no linter counts: short files, short functions, telling names."""

import ast
from pathlib import Path

import pytest

from tests.workspace.members import MEMBERS, ROOT

LONGEST_FILE_LINES = 300
LONGEST_FUNCTION_LINES = 40
SAYS_NOTHING = {"utils", "util", "helpers", "common", "misc", "manager"}

FOLDERS = ["tests", *(member.folder for member in MEMBERS)]
MODULES = sorted(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py"))


def _named(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", MODULES, ids=_named)
def test_a_module_is_short_and_named_for_what_it_does(path: Path) -> None:
    lines = path.read_text().splitlines()
    assert len(lines) <= LONGEST_FILE_LINES
    assert path.stem not in SAYS_NOTHING


@pytest.mark.parametrize("path", MODULES, ids=_named)
def test_a_function_fits_on_a_screen(path: Path) -> None:
    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    found = [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, functions)]
    lengths = {f.name: (f.end_lineno or f.lineno) - f.lineno + 1 for f in found}
    long = {name: lines for name, lines in lengths.items() if lines > LONGEST_FUNCTION_LINES}
    assert long == {}

"""The habits of CONTRIBUTING that no linter counts: short files, short functions, telling names."""

import ast
from pathlib import Path

from tests.workspace.members import MEMBERS, ROOT

LONGEST_FILE_LINES = 300
LONGEST_FUNCTION_LINES = 40
SAYS_NOTHING = {"utils", "util", "helpers", "common", "misc", "manager"}

FOLDERS = ["tests", *(member.folder for member in MEMBERS)]
MODULES = sorted(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py"))


def test_modules_are_short_and_named_for_what_they_do() -> None:
    lines = {_named(path): len(path.read_text().splitlines()) for path in MODULES}
    assert {name: count for name, count in lines.items() if count > LONGEST_FILE_LINES} == {}
    assert [_named(path) for path in MODULES if path.stem in SAYS_NOTHING] == []


def test_a_function_fits_on_a_screen() -> None:
    lengths = {
        f"{_named(path)}:{one.name}": (one.end_lineno or one.lineno) - one.lineno + 1
        for path in MODULES
        for one in _functions(path)
    }
    assert {name: n for name, n in lengths.items() if n > LONGEST_FUNCTION_LINES} == {}


def _functions(path: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    nodes = ast.walk(ast.parse(path.read_text()))
    return [one for one in nodes if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef)]


def _named(path: Path) -> str:
    return str(path.relative_to(ROOT))

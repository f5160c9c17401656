"""Each member imports whole in a venv from its own lock: one shared venv hides undeclared needs.
Eight fresh environments take most of a minute, so they are made where FRESH_ENVIRONMENTS is set."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.workspace.members import MEMBERS, ROOT, UV, Member, with_needed_members

IMPORT_ALL = """
import importlib, pkgutil, sys
package = importlib.import_module(sys.argv[1])
names = [found.name for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")]
for name in names:
    if not name.endswith(".__main__"):
        importlib.import_module(name)
print("imported", 1 + len(names))
"""


def _uv(venv: Path, *arguments: str) -> None:
    subprocess.run(
        [UV, *arguments, "--quiet"],
        cwd=ROOT,
        env=os.environ | {"VIRTUAL_ENV": str(venv)},
        check=True,
    )


@pytest.mark.skipif(
    "FRESH_ENVIRONMENTS" not in os.environ, reason="FRESH_ENVIRONMENTS is not set; .ci/run sets it"
)
@pytest.mark.parametrize("member", MEMBERS, ids=lambda member: member.folder)
def test_a_member_imports_with_nothing_but_its_own_lock(member: Member, tmp_path: Path) -> None:
    venv = tmp_path / "venv"
    sources = [f"-e{needed.folder}" for needed in with_needed_members(member)]
    _uv(venv, "venv", "--python", sys.executable, str(venv))
    _uv(venv, "pip", "sync", "--require-hashes", f"{member.folder}/requirements.lock")
    _uv(venv, "pip", "install", "--no-deps", *sources)
    done = subprocess.run(
        [venv / "bin/python", "-c", IMPORT_ALL, member.package],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("imported")

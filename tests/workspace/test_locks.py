"""The locks: one for every member, up to date with its needs, without an address of any index.
Asks the package index, as `make setup` does."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.workspace.members import MEMBERS, ROOT, UV, Member

LOCKS = ["requirements.lock", *(f"{member.folder}/requirements.lock" for member in MEMBERS)]


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_holds_names_versions_and_hashes_only(lock: str) -> None:
    joined = (ROOT / lock).read_text().replace("\\\n", " ")
    lines = [line for line in joined.splitlines() if not line.lstrip().startswith("#")]
    assert lines
    form = re.compile(r"[\w.-]+==[\w.!+]+( ; [\w\s.'<>=!()]+?)?(\s+--hash=sha256:[0-9a-f]{64})+\s*")
    assert [line for line in lines if not form.fullmatch(line)] == []
    assert "://" not in joined


def _pins(lock: str) -> list[str]:
    """Name, version and marker of each line; hashes grow when a release gains a wheel."""
    return re.findall(r"^[\w.-]+==[^\\\n]+", lock, re.MULTILINE)


@pytest.fixture(scope="module")
def resolved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workspace's declarations resolved anew, holding the versions that are locked."""
    copy = tmp_path_factory.mktemp("workspace")
    for member in MEMBERS:
        (copy / member.folder).mkdir(parents=True)
        shutil.copy(ROOT / member.folder / "pyproject.toml", copy / member.folder)
    pins = _pins((ROOT / "requirements.lock").read_text())
    held = "".join(f'  "{pin.strip()}",\n' for pin in pins)
    root = (ROOT / "pyproject.toml").read_text()
    constrained = root.replace("[tool.uv]\n", f"[tool.uv]\nconstraint-dependencies = [\n{held}]\n")
    (copy / "pyproject.toml").write_text(constrained)
    subprocess.run([UV, "lock", "--quiet", "--python", sys.executable], cwd=copy, check=True)
    return copy


def _export(resolved: Path, *selection: str) -> list[str]:
    command = [UV, "export", "--quiet", "--frozen", "--no-emit-workspace", *selection]
    done = subprocess.run(command, cwd=resolved, capture_output=True, text=True, check=True)
    return _pins(done.stdout)


def test_the_workspace_lock_is_fresh(resolved: Path) -> None:
    committed = (ROOT / "requirements.lock").read_text()
    assert _export(resolved, "--all-packages") == _pins(committed)


@pytest.mark.parametrize("member", MEMBERS, ids=lambda member: member.folder)
def test_the_lock_of_a_member_is_fresh(resolved: Path, member: Member) -> None:
    committed = (ROOT / member.folder / "requirements.lock").read_text()
    assert _export(resolved, "--no-dev", "--package", member.distribution) == _pins(committed)

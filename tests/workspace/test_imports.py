"""Each import contract is shown at work: a copy of the packages with one wrong import breaks it."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.workspace.members import MEMBERS, ROOT, read_root

CONTRACTS = {c["name"]: c["id"] for c in read_root()["tool"]["importlinter"]["contracts"]}

# contract, the module that trespasses (`new_noun` is in no layer's list), what it imports
TRESPASSES = [
    ("shared-floors", "doorpakken_events.new_noun", "doorpakken_plumbing"),
    ("shared-floors", "doorpakken_plumbing.new_noun", "doorpakken_pages"),
    ("shared-floors", "doorpakken_pages.new_noun", "doorpakken_reporting"),
    ("services-independent", "doorpakken_matching.new_noun", "doorpakken_reporting"),
    ("service-floors", "doorpakken_registration.new_noun", "doorpakken_registration.main"),
    ("service-floors", "doorpakken_matching.new_noun", "doorpakken_matching.handlers"),
    ("service-floors", "doorpakken_registration.store", "doorpakken_registration.new_noun"),
    ("service-floors", "doorpakken_notification.routes", "doorpakken_notification.handlers"),
    ("service-floors", "doorpakken_registration.model", "doorpakken_registration.new_noun"),
    ("model-pure", "doorpakken_registration.model", "doorpakken_plumbing.clock"),
    ("model-pure", "doorpakken_matching.model", "time"),
    ("motor-in-one-file", "doorpakken_registration.store", "motor.motor_asyncio"),
    ("motor-in-one-file", "doorpakken_plumbing.new_noun", "motor"),
    ("aiokafka-in-plumbing", "doorpakken_local.new_noun", "aiokafka"),
    ("local-on-top", "doorpakken_plumbing.new_noun", "doorpakken_local"),
    ("local-on-top", "doorpakken_reporting.new_noun", "doorpakken_local"),
]


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All packages side by side, with the contracts as committed."""
    copy = tmp_path_factory.mktemp("packages")
    for member in MEMBERS:
        shutil.copytree(ROOT / member.folder / member.package, copy / member.package)
    shutil.copytree(ROOT / "tests/workspace", copy / "tests/workspace")
    shutil.copy(ROOT / "pyproject.toml", copy)
    return copy


@pytest.fixture
def trespassing(copied: Path, importer: str, imported: str) -> Iterator[Path]:
    """The copy with one wrong import; both modules are made where they do not exist yet."""
    before = {}
    for module in (imported, importer):
        path = _find_or_place(copied, module)
        if path:
            before[path] = path.read_text() if path.exists() else None
            path.touch()
    writing = _find_or_place(copied, importer)
    assert writing
    writing.write_text(f"{writing.read_text()}\nimport {imported}\n")
    yield copied
    for path, text in before.items():
        path.unlink() if text is None else path.write_text(text)


def _find_or_place(copied: Path, module: str) -> Path | None:
    """The file of one of our modules; nothing for a module of others."""
    place = copied / module.replace(".", "/")
    if not module.startswith("doorpakken_"):
        return None
    return place / "__init__.py" if place.is_dir() else place.with_suffix(".py")


def _broken_contracts(folder: Path) -> list[str]:
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache", "--no-logo"],
        cwd=folder,
        env=os.environ | {"COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )
    verdicts = re.findall(r"^(.+?) (KEPT|BROKEN)", done.stdout, re.MULTILINE)
    assert {name for name, _ in verdicts} == CONTRACTS.keys(), done.stdout + done.stderr
    return [CONTRACTS[name] for name, verdict in verdicts if verdict == "BROKEN"]


def test_every_contract_has_a_trespass() -> None:
    assert set(CONTRACTS.values()) == {contract for contract, _, _ in TRESPASSES}


def test_the_packages_as_they_are_keep_every_contract(copied: Path) -> None:
    assert _broken_contracts(copied) == []


@pytest.mark.parametrize(("contract", "importer", "imported"), TRESPASSES)
def test_a_wrong_import_breaks_its_contract_and_no_other(contract: str, trespassing: Path) -> None:
    assert _broken_contracts(trespassing) == [contract]

"""A fifth service is known everywhere as soon as the catalogue names it: on a copy of the catalogue
in which `delivery` hears that people are erased, and nothing else is changed."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import doorpakken_events
import pytest
from doorpakken_events.catalogue import SERVICES
from doorpakken_local import credentials
from doorpakken_local.folder import DataFolder
from doorpakken_plumbing.kafka.requests import READ, WRITE

NEW = "delivery"
SHOW = Path(__file__).with_name("new_service.py")
HEARERS = 'HEARERS = ("matching", "notification", "reporting")'


@pytest.fixture
def extended(tmp_path: Path) -> Path:
    """A folder with a copy of the events in which one service more hears of erasures."""
    package = tmp_path / "copy" / "doorpakken_events"
    shutil.copytree(Path(doorpakken_events.__file__).parent, package)
    module = package / "erasure.py"
    before = module.read_text()
    assert HEARERS in before
    module.write_text(before.replace(HEARERS, HEARERS.replace(")", f', "{NEW}")')))
    return package.parent


def shown(events: Path, folder: DataFolder) -> dict[str, Any]:
    command = [sys.executable, str(SHOW), str(folder.root)]
    env = os.environ | {"PYTHONPATH": str(events)}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=env)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_a_fifth_service_gets_all_that_the_others_have(extended: Path, tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "data")
    folder.make()
    before = credentials.find_or_make(folder)
    found = shown(extended, folder)

    assert found["services"] == [*SERVICES, NEW]
    assert found["topics"] == ["erasure-confirmed", f"parked.{NEW}"]
    writes = {f"{WRITE} erasure-confirmed", f"{WRITE} parked.{NEW}"}
    assert {*found["rights"]} == writes | {f"{READ} person-erased", f"{READ} {NEW}-"}
    assert found["answers_for"] == found["database"] == NEW
    ports = [found["ports"][name] for name in SERVICES]
    assert ports == [8401, 8402, 8403, 8404]
    assert found["ports"][NEW] not in [*ports, *found["servers"]]
    assert found["public_url"] == f"http://127.0.0.1:{found['ports'][NEW]}"
    assert found["public_url"] in found["public_urls"]
    assert len(found["public_urls"]) == len(SERVICES) + 1

    after = credentials.find_or_make(folder)
    assert NEW not in before.kafka.keys() | before.mongodb.keys()
    assert after.kafka.keys() - before.kafka.keys() == {NEW}
    assert after.mongodb.keys() - before.mongodb.keys() == {NEW}
    assert after.model_dump(exclude={"kafka", "mongodb"}) == before.model_dump(
        exclude={"kafka", "mongodb"}
    )
    assert before.kafka.items() <= after.kafka.items()
    assert before.mongodb.items() <= after.mongodb.items()

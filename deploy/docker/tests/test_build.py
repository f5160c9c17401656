"""The steps of the Dockerfile's build, carried out without Docker in a folder with nothing else."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from deploy.docker.tests.composed import DOCKERFILE, ROOT
from tests.workspace.members import UV

SERVICE = "notification"  # it has most files that are no Python
# In the image there is one Python, and uv comes from the index.
IMAGES_OWN = re.compile(r"pip install --no-cache-dir uv==[\d.]+ && uv venv")
HERE = f"uv venv --quiet --python {sys.executable}"
LOOK = """
from importlib.resources import files
from doorpakken_notification import main
from doorpakken_plumbing.kafka import setup
from doorpakken_plumbing.mongo import setup
for package, name in (("notification", "templates/mails/frame.html"), ("pages", "static/live.js")):
    assert (files(f"doorpakken_{package}") / name).is_file(), name
"""


def steps() -> Iterator[tuple[str, str]]:
    """COPY and RUN of the build, with the service filled in."""
    text = DOCKERFILE.read_text().replace("\\\n", " ").replace("${SERVICE}", SERVICE)
    build = text.split("FROM python AS build", 1)[1].split("\nFROM ", 1)[0]
    yield from re.findall(r"^(COPY|RUN) (.*)$", build, re.MULTILINE)


def test_its_steps_make_a_service_that_can_start(tmp_path: Path) -> None:
    source, venv = tmp_path / "source", tmp_path / "venv"
    source.mkdir()
    path = f"{Path(UV).parent}:{os.environ['PATH']}"
    told = os.environ | {"PATH": path, "VIRTUAL_ENV": str(venv)}
    told.pop("UV_PYTHON", None)  # it would name the Python to change
    for kind, words in steps():
        if kind == "COPY":
            what, to = words.split()
            copy(ROOT / what, source / to)
        else:
            command = IMAGES_OWN.sub(HERE, words)
            subprocess.run(command, shell=True, cwd=source, env=told, check=True)
    shutil.rmtree(source)
    subprocess.run([venv / "bin/python", "-c", LOOK], cwd=tmp_path, check=True)


def copy(found: Path, target: Path) -> None:
    if found.is_file():
        shutil.copy(found, target)
    else:
        shutil.copytree(found, target, ignore=shutil.ignore_patterns("tests", "__pycache__"))

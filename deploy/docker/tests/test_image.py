"""The one Dockerfile: what a linter says, who runs in the image, and what is put into it."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from doorpakken_events.catalogue import SERVICES

from deploy.docker.tests.composed import DOCKERFILE
from tests.workspace.members import BY_DISTRIBUTION, with_needed_members

TEXT = DOCKERFILE.read_text().replace("\\\n", " ")
# Without sources: outside the workspace nobody knows where its members are.
INSTALLING = r"^RUN uv pip install --no-deps --no-sources (.*)$"
LAST_STAGE = TEXT.rsplit("FROM ", 1)[1]


def test_a_linter_has_nothing_to_say() -> None:
    hadolint = Path(sys.executable).with_name("hadolint")
    done = subprocess.run([hadolint, DOCKERFILE], capture_output=True, text=True, check=False)
    assert done.stdout == ""


def test_every_image_it_starts_from_is_pinned() -> None:
    bases = re.findall(r"^FROM (\S+)", TEXT, re.MULTILINE)
    assert [base for base in bases if base != "python"] == ["python:3.13.7-slim-bookworm"]


def test_nobody_runs_as_root_and_health_is_asked() -> None:
    (user,) = re.findall(r"^USER (\d+)$", LAST_STAGE, re.MULTILINE)
    assert int(user) > 1000
    assert re.search(r"^HEALTHCHECK .* CMD \[\"python\".*/readyz", LAST_STAGE, re.MULTILINE)


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_gets_its_own_lock_and_the_parts_it_declares(service: str) -> None:
    built = TEXT.replace("${SERVICE}", service)
    lock = f"COPY services/{service}/requirements.lock ./"
    assert built.index(lock) < built.index("pip sync --require-hashes requirements.lock")
    (installed,) = re.findall(
        r"^RUN uv pip install --no-deps --no-sources (.*)$", built, re.MULTILINE
    )
    folders = {one.removeprefix("./") for one in installed.split()}
    needed = with_needed_members(BY_DISTRIBUTION[f"doorpakken-{service}"])
    assert folders == {m.folder.replace(f"services/{service}", "service") for m in needed}


def test_only_the_installed_packages_are_in_the_image() -> None:
    copied = re.findall(r"^COPY (.*)$", LAST_STAGE, re.MULTILINE)
    assert copied == ["--from=build /opt/doorpakken /opt/doorpakken"]


def test_a_build_is_sent_no_more_than_the_sources() -> None:
    lines = DOCKERFILE.with_suffix(".Dockerfile.dockerignore").read_text().splitlines()
    rules = [line for line in lines if not line.startswith("#")]
    assert rules[:3] == ["*", "!services", "!shared"]
    assert [rule for rule in rules[3:] if rule.startswith("!")] == []

"""The declarations of the members: they follow the floors, and make knows every one of them."""

import re
import subprocess

import pytest

from tests.workspace.members import BY_DISTRIBUTION, MEMBERS, ROOT, Member

SHARED = ["doorpakken-events", "doorpakken-plumbing", "doorpakken-pages"]


def _member_id(member: Member) -> str:
    return member.folder


def _may_need(member: Member) -> set[str]:
    if member.folder == "deploy/local":
        return set(BY_DISTRIBUTION)
    if member.distribution in SHARED:
        return set(SHARED[: SHARED.index(member.distribution)])
    return set(SHARED)


@pytest.mark.parametrize("member", MEMBERS, ids=_member_id)
def test_a_member_declares_only_members_below_it(member: Member) -> None:
    assert member.needs & BY_DISTRIBUTION.keys() <= _may_need(member)


@pytest.mark.parametrize("member", MEMBERS, ids=_member_id)
def test_the_package_lies_beside_its_pyproject_and_is_typed(member: Member) -> None:
    assert (ROOT / member.folder / member.package / "py.typed").is_file()


def test_make_knows_the_members_of_the_workspace() -> None:
    makefile = (ROOT / "Makefile").read_text().replace("\\\n", " ")
    declared = re.search(r"^MEMBERS := (.*)$", makefile, re.MULTILINE)
    assert declared
    assert set(declared[1].split()) == {member.folder for member in MEMBERS}


def test_make_alone_lists_every_target() -> None:
    makefile = (ROOT / "Makefile").read_text()
    phony = re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)
    assert phony
    shown = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert re.findall(r"^  make (\S+) +\S", shown, re.MULTILINE) == phony[1].split()

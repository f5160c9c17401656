"""What the workspace says about itself: its members, what each needs, and the uv that serves it."""

import re
import shutil
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
UV = shutil.which("uv") or str(ROOT / ".uv/bin/uv")


@dataclass(frozen=True)
class Member:
    """One part with its own pyproject.toml."""

    folder: str
    project: dict[str, Any]

    @property
    def distribution(self) -> str:
        return str(self.project["name"])

    @property
    def package(self) -> str:
        return self.distribution.replace("-", "_")

    @property
    def needs(self) -> set[str]:
        """Distribution names it declares, without versions."""
        names = (re.match(r"[\w.-]+", line) for line in self.project["dependencies"])
        return {found[0] for found in names if found}


def read_root() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text())


def _read_member(folder: str) -> Member:
    return Member(folder, tomllib.loads((ROOT / folder / "pyproject.toml").read_text())["project"])


MEMBERS = [_read_member(folder) for folder in read_root()["tool"]["uv"]["workspace"]["members"]]
BY_DISTRIBUTION = {member.distribution: member for member in MEMBERS}


def with_needed_members(member: Member) -> list[Member]:
    """The member and all members it stands on."""
    found = {member.distribution: member}
    waiting = [member]
    while waiting:
        for name in waiting.pop().needs & BY_DISTRIBUTION.keys() - found.keys():
            found[name] = BY_DISTRIBUTION[name]
            waiting.append(BY_DISTRIBUTION[name])
    return list(found.values())

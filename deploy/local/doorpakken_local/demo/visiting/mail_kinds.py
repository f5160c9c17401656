"""Determines the kind of a mail from its subject, using the first lines of the mail templates.
Refuses a subject that matches no template."""

import re
from collections.abc import Iterator
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable

from doorpakken_local.demo.stopped import StoryStopped

TEMPLATES = "doorpakken_notification"
SAID, TAG = re.compile(r"{{[^{}]{0,300}}}"), re.compile(r"{%[^%]{0,300}%}")


class UnknownMail(StoryStopped):
    """The subject of a mail matches no template."""


def kind_of(subject: str) -> str:
    """The template with the longest pattern wins when several match; raises UnknownMail."""
    fitting = [(words, kind) for pattern, words, kind in _subjects() if pattern.fullmatch(subject)]
    if not fitting:
        raise UnknownMail(f"No template has the subject {subject!r}")
    return max(fitting)[1]


@cache
def _subjects() -> list[tuple[re.Pattern[str], int, str]]:
    """For each possible subject: its pattern, the length of the pattern and the kind of mail."""
    folder = resources.files(TEMPLATES) / "templates" / "mails"
    return [
        (re.compile(pattern), len(pattern), template.name.partition(".")[0])
        for kind in folder.iterdir()
        if kind.is_dir()
        for template in kind.iterdir()
        if template.name.endswith(".txt")
        for pattern in _patterns(template)
    ]


def _patterns(template: Traversable) -> Iterator[str]:
    """The lines before the first empty one; a placeholder matches any text, also none."""
    head = template.read_text("utf-8").lstrip("\n").partition("\n\n")[0]
    for line in head.splitlines():
        fixed = [re.escape(TAG.sub("", part)) for part in SAID.split(line)]
        if any(fixed):
            yield ".*".join(fixed)

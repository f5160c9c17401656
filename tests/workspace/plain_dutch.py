"""Plain Dutch in all that people read: pages, mails, letters. Refuses long sentences, hard words,
words for which the glossary has another, and dates in figures; `make words` shows them."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from doorpakken_pages.catalogue import packages_with_templates, said

from tests.workspace.members import MEMBERS, ROOT

RULES = Path(__file__).with_suffix(".toml")
# A full stop inside a number or an address ends no sentence.
ENDS = re.compile(r"[.?!:;](?=[\s\"')\]]|$)|\n")
WORD = re.compile(r"[^\s,()\"“”„…]*\w[^\s,()\"“”„…]*")
FIGURES = re.compile(r"\b\d{1,2}[-/]\d{1,2}[-/]\d{2,4}\b|\b\d{4}-\d{2}-\d{2}\b")
# What stands for a word, or for none, until a template is filled in.
FILLED = re.compile(r"%\(\w+\)s|\{\{.*?\}\}|\{\w+\}", re.DOTALL)
UNSEEN = re.compile(r"\{%.*?%\}|\{#.*?#\}", re.DOTALL)
# Labels of links and buttons stand in calls, which are filled in like everything else.
LABEL = re.compile(r"\{\{ \w+\(.*?\) \}\}", re.DOTALL)
QUOTED = re.compile(r'"([^"]+)"')
BLOCK = re.compile(r"</?(?:p|li|ol|ul|h\d|br|div|table|tr|td)\b[^>]*>")
TAG = re.compile(r"<[^>]+>")


@dataclass(frozen=True)
class Text:
    """What people read, and where it is written."""

    where: str
    words: str


@cache
def rules() -> dict[str, Any]:
    """The committed lists."""
    return tomllib.loads(RULES.read_text())


def texts() -> Iterator[Text]:
    """Every Dutch text of every member."""
    for member in MEMBERS:
        folder = ROOT / member.folder / member.package
        if packages_with_templates(member.package):
            yield from (Text(member.folder, one) for one in sorted(said(member.package)))
        for path in sorted(folder.rglob("*.nl.*")):
            yield Text(path.relative_to(ROOT).as_posix(), plain(path.read_text()))
        for path in sorted(folder.rglob("*.py")):
            for one in dutch_in(path.read_text()):
                yield Text(path.relative_to(ROOT).as_posix(), one)


def plain(template: str) -> str:
    """What a mail's template says, each paragraph on a line of its own."""
    labels = [one for call in LABEL.findall(template) for one in QUOTED.findall(call)]
    text = "\n".join((template, *labels))
    for pattern, instead in ((UNSEEN, "\n"), (FILLED, "…X"), (BLOCK, "\n"), (TAG, "")):
        text = pattern.sub(instead, text)
    return text


def dutch_in(source: str) -> Iterator[str]:
    """The texts that stand beside their English in Python: all below a key "nl"."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Dict):
            for key, value in zip(node.keys, node.values, strict=True):
                if isinstance(key, ast.Constant) and key.value == "nl":
                    yield from _strings_in(value)


def _strings_in(node: ast.AST) -> Iterator[str]:
    """All strings below, but the keys of tables."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    for child in node.values if isinstance(node, ast.Dict) else ast.iter_child_nodes(node):
        yield from _strings_in(child)


def trouble(words: str) -> list[str]:
    """What a reader at level B1 would stumble over, each with what to do."""
    text = FILLED.sub("X", words)
    return [
        *_long(text),
        *_instead(text, rules()["hard"]),
        *_instead(text, rules()["never"]),
        *_dates(text),
    ]


def _long(text: str) -> Iterator[str]:
    for sentence in ENDS.split(text):
        count = len(WORD.findall(sentence))
        if count > rules()["most_words"]:
            yield f"{count} words, make it two sentences: {sentence.strip()}"


def _instead(text: str, words: Mapping[str, str]) -> Iterator[str]:
    for word, better in words.items():
        ending = r"\w*" if word.endswith("*") else ""
        pattern = rf"(?<!\w){re.escape(word.removesuffix('*'))}{ending}(?!\w)"
        for used in re.findall(pattern, text, re.IGNORECASE):
            yield f"“{used}”, write: {better}"


def _dates(text: str) -> Iterator[str]:
    yield from (f"{date}, write the date out" for date in FIGURES.findall(text))


def found(read: Iterable[Text]) -> list[tuple[Text, str]]:
    """All trouble in these texts but the exceptions."""
    kept = rules()["exceptions"]
    return [(text, why) for text in read if text.words not in kept for why in trouble(text.words)]


def main() -> int:
    """Prints all trouble; 1 where there is any."""
    read = list(texts())
    everything = found(read)
    for text, why in everything:
        sys.stdout.write(f"{text.where}: {why}\n    {' '.join(text.words.split())[:100]}\n")
    sys.stdout.write(f"{len(read)} texts read, {len(everything)} to mend\n")
    return 1 if everything else 0


if __name__ == "__main__":
    sys.exit(main())

"""Invitations on paper: one PDF with a page for each person who has no e-mail address. Writes no
file: the PDF has personal links, so only the person who requested it gets it. The same letters give
the same bytes."""

import asyncio
import json
import unicodedata
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from importlib import resources
from typing import Any
from urllib.parse import urlsplit

import segno
import typst
from doorpakken_plumbing.http.errors import NotFound
from doorpakken_plumbing.mongo.database import Documents
from jinja2 import Environment, PackageLoader, StrictUndefined

from doorpakken_notification.paper import Told, list_letters
from doorpakken_notification.settings import Settings
from doorpakken_notification.waves import Wave

# Emoji and symbols in names: few fonts have them, and the PDF would show a box instead.
PICTURE_CATEGORIES = frozenset({"So", "Sk", "Cs", "Co", "Cn"})
FIRST_PICTURE = "\u2190"
JOINERS = frozenset({"\u200d", "\ufe0e", "\ufe0f"})

_TEMPLATES = Environment(
    loader=PackageLoader("doorpakken_notification", "templates/letters"),
    autoescape=False,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    auto_reload=False,
)


async def letters_of(documents: Documents, wave: Wave, settings: Settings) -> bytes:
    """Ordered by name. Raises NotFound if there are none or the wave was not released."""
    found = await list_letters(documents, wave, settings)
    if not found or not wave.released_at:
        raise NotFound("There are no letters. Everybody has e-mail, or the wave was not released.")
    pages = [_page(letter, settings) for letter in found]
    return await asyncio.to_thread(_pdf, pages, settings.partnership_name, wave.released_at)


def _page(letter: Told, settings: Settings) -> dict[str, Any]:
    contents = letter.contents
    values = dict(contents.values) | {
        "name": drawn(contents.recipient.name),
        "short_code": letter.short_code,
        "site": urlsplit(settings.registration_url).netloc
        + urlsplit(settings.registration_url).path,
    }
    language = contents.recipient.language
    said: Any = _TEMPLATES.get_template(f"letter.{language}.txt").make_module(values)
    return {
        "language": language,
        "name": values["name"],
        "sender": settings.partnership_name,
        "opening": _paragraphs(said.opening()),
        "sessions": [
            {
                "title": drawn(session["title"]),
                "when": session["when"],
                "where": drawn(session["where"]),
                "about": [drawn(line) for line in said.about(session).splitlines() if line],
            }
            for session in values["leads"] or values["sessions"]
        ],
        "choosing": _paragraphs(said.choosing()),
        "closing": _paragraphs(said.closing()),
        "qr": segno.make(values["url"], error="m", micro=False).svg_inline(border=2, light="#fff"),
    }


def drawn(text: str) -> str:
    """Removes emoji and symbols; keeps letters of all scripts."""
    return " ".join("".join(char for char in text if not _is_picture(char)).split())


def _is_picture(char: str) -> bool:
    if char in JOINERS:
        return True
    return char >= FIRST_PICTURE and unicodedata.category(char) in PICTURE_CATEGORIES


def _paragraphs(text: str) -> list[str]:
    return [" ".join(part.split()) for part in text.split("\n\n") if part.strip()]


def _pdf(pages: Sequence[dict[str, Any]], sender: str, at: datetime) -> bytes:
    layout = resources.files("doorpakken_notification") / "templates" / "letters" / "letters.typ"
    compiler = typst.Compiler(layout.read_bytes(), font_paths=_fonts())
    given = {"letters": json.dumps(pages), "title": sender, "author": sender}
    pdf = compiler.compile(format="pdf", sys_inputs=given, timestamp=int(at.timestamp()))
    assert isinstance(pdf, bytes)
    return pdf


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=True)

"""Whether anything of somebody is left: every document of the four databases and every file of ours
in the data folder, looked through word by word; read, never written."""

import email
from collections.abc import Iterator
from dataclasses import dataclass
from email import policy
from pathlib import Path
from typing import Any

from doorpakken_local.demo.counting.stores import opened_stores
from doorpakken_local.demo.place import Place
from doorpakken_local.folder import DataFolder

Document = dict[str, Any]

# Where an id stays for ever: the marker of who was erased, and ids of what was heard.
MARKERS = {"erased", "erasures", "inbox", "guards"}
ABOUT_THE_ERASURE = {"person-erased", "erasure-confirmed"}
# Kafka and MongoDB keep files of their own, and the mailbox stands for other people's mail server.
NOT_OURS = ("kafka", "mongod", "mails")


@dataclass(frozen=True)
class Somebody:
    """What tells of a person: words (name, addresses) and ids (person, attendees)."""

    words: tuple[str, ...]
    ids: tuple[str, ...]


async def in_stores(place: Place, people: dict[str, Somebody]) -> dict[str, list[str]]:
    """Where something of each person stands, as service.collection; without those of whom there
    is nothing."""
    found: dict[str, list[str]] = {}
    async with opened_stores(place) as stores:
        for service, store in stores.items():
            for name in await store.list_collection_names():
                async for document in store[name].find({}):
                    for who in _told_of(name, document, people):
                        found.setdefault(who, []).append(f"{service}.{name}")
    return found


def in_files(folder: DataFolder, people: dict[str, Somebody]) -> dict[str, list[str]]:
    """The files in which a word or an id of each person stands."""
    found: dict[str, list[str]] = {}
    for path in _ours(folder):
        text = path.read_text(errors="replace")
        for who, somebody in people.items():
            if any(word in text for word in (*somebody.words, *somebody.ids)):
                found.setdefault(who, []).append(path.name)
    return found


def _told_of(name: str, document: Document, people: dict[str, Somebody]) -> Iterator[str]:
    words = _text(document)
    ids = "" if _is_marker(name, document) else words
    for who, somebody in people.items():
        if any(one in words for one in somebody.words) or any(one in ids for one in somebody.ids):
            yield who


def _is_marker(name: str, document: Document) -> bool:
    """What may still bear the id: also the key of a tombstone, said or folded."""
    is_tombstone = document.get("payload", "") is None or document.get("data", "") is None
    return name in MARKERS or document.get("topic") in ABOUT_THE_ERASURE or is_tombstone


def _text(document: Document) -> str:
    """All that can be read in it; mails as they will be read."""
    content = document.get("content")
    mail = [_mail_text(content)] if isinstance(content, bytes) else []
    return "\n".join([repr(document), *mail])


def _mail_text(content: bytes) -> str:
    message = email.message_from_bytes(content, policy=policy.default)
    parts = [part.get_content() for part in message.walk() if not part.is_multipart()]
    return "\n".join([str(message), *map(str, parts)])


def _ours(folder: DataFolder) -> Iterator[Path]:
    for path in folder.root.rglob("*"):
        if path.is_file() and path.relative_to(folder.root).parts[0] not in NOT_OURS:
            yield path

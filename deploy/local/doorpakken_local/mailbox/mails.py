"""Stores received mails as files, numbered in the order of arrival. A mail is never changed."""

import contextlib
from base64 import b64encode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from doorpakken_local.folder import PRIVATE_FILE

FROM_HEADER = "X-Mail-From"
TO_HEADER = "X-Rcpt-To"
ENDING = ".eml"


@dataclass(frozen=True)
class Mail:
    """One mail; sender and recipients are those of the envelope."""

    id: str
    sender: str
    recipients: tuple[str, ...]
    subject: str
    message_id: str
    received_at: datetime


class Mails:
    """Received mails: the list in memory, the content in `folder`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self._mails: dict[str, Mail] = {}
        for path in sorted(folder.glob(f"*{ENDING}")):
            self._mails[path.stem] = _mail(path)
        self._last = max((int(name) for name in self._mails), default=0)

    def add(self, sender: str, recipients: Sequence[str], content: bytes) -> Mail:
        self._last += 1
        name = f"{self._last:08d}"
        envelope = f"{FROM_HEADER}: {sender}\r\n{TO_HEADER}: {', '.join(recipients)}\r\n"
        path = self._folder / f"{name}{ENDING}"
        path.touch(mode=PRIVATE_FILE)
        path.write_bytes(envelope.encode() + content)
        self._mails[name] = _mail(path)
        return self._mails[name]

    def list(self, to: str | None = None) -> list[Mail]:
        """Newest first; `to` selects a recipient, ignoring case."""
        newest_first = [*self._mails.values()][::-1]
        if not to:
            return newest_first
        wanted = to.strip().lower()
        return [mail for mail in newest_first if wanted in map(str.lower, mail.recipients)]

    def find(self, mail_id: str) -> Mail | None:
        return self._mails.get(mail_id)

    def raw(self, mail: Mail) -> bytes:
        """The bytes as received, without the two envelope headers that `add` puts before them."""
        return (self._folder / f"{mail.id}{ENDING}").read_bytes().split(b"\r\n", 2)[2]

    def message(self, mail: Mail) -> EmailMessage:
        return _parse(self.raw(mail))

    def clear(self) -> None:
        for name in self._mails:
            with contextlib.suppress(FileNotFoundError):
                (self._folder / f"{name}{ENDING}").unlink()
        self._mails.clear()


@dataclass(frozen=True)
class Content:
    """The parts of a mail that a person sees."""

    text: str | None
    html: str | None
    calendar: str | None
    attachments: tuple[EmailMessage, ...]


def content_of(message: EmailMessage) -> Content:
    """A calendar part is found whether it is inline or attached; images that the HTML shows stand
    in it."""
    parts = [*_leaves(message)]
    html = _first(parts, "text/html")
    return Content(
        text=_first(parts, "text/plain"),
        html=_with_images(html, parts) if html else None,
        calendar=_first(parts, "text/calendar", attached_too=True),
        attachments=tuple(part for part in parts if part.is_attachment()),
    )


def _with_images(html: str, parts: list[EmailMessage]) -> str:
    for part in parts:
        content_id = str(part["Content-ID"] or "").strip("<>")
        if content_id and part.get_content_maintype() == "image":
            data = b64encode(bytes(part.get_content())).decode()
            html = html.replace(
                f"cid:{content_id}", f"data:{part.get_content_type()};base64,{data}"
            )
    return html


def _leaves(message: EmailMessage) -> Iterator[EmailMessage]:
    for part in message.walk():
        if isinstance(part, EmailMessage) and not part.is_multipart():
            yield part


def _first(parts: list[EmailMessage], kind: str, attached_too: bool = False) -> str | None:
    for part in parts:
        if part.get_content_type() == kind and (attached_too or not part.is_attachment()):
            return str(part.get_content())
    return None


def _parse(raw: bytes) -> EmailMessage:
    return message_from_bytes(raw, _class=EmailMessage, policy=policy.default)


def _mail(path: Path) -> Mail:
    message = _parse(path.read_bytes())
    recipients = str(message[TO_HEADER] or "").split(",")
    return Mail(
        id=path.stem,
        sender=str(message[FROM_HEADER] or ""),
        recipients=tuple(address.strip() for address in recipients if address.strip()),
        subject=str(message["Subject"] or ""),
        message_id=str(message["Message-ID"] or ""),
        received_at=datetime.fromtimestamp(path.stat().st_mtime, UTC),
    )

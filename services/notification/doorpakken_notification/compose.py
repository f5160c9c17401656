"""Renders contents as a mail: text, html and, for a seat, a calendar part. Raises ValueError for a
name or subject with a line break, which would forge a header."""

from datetime import datetime
from email.header import Header
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime, quote
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from doorpakken_notification.calendar import calendar_of
from doorpakken_notification.model.contents import Contents
from doorpakken_notification.settings import Settings

ADDRESSED = ("from", "to", "reply-to")
LINE_LENGTH_MAX = 998  # RFC 5322
# RFC 2047 limits an encoded word to 75 characters; the library exceeds its line limit by one.
ENCODED_LINE_LENGTH = 74

_TEMPLATES = Environment(
    loader=PackageLoader("doorpakken_notification", "templates/mails"),
    autoescape=lambda name: bool(name and name.endswith(".html")),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    auto_reload=False,
)


class _Policy(EmailPolicy):
    """Encodes only what people typed. The library's policy turns a long address into an encoded
    word, which no mail program opens, and folds a subject so that it gains and loses spaces."""

    def header_store_parse(self, name: str, value: Any) -> tuple[str, Any]:
        """Keeps a subject as it was typed: the library would decode what looks encoded in it."""
        if name.lower() != "subject":
            return super().header_store_parse(name, value)
        if "\r" in value or "\n" in value:
            raise ValueError("a subject has one line")
        return name, value

    def fold_binary(self, name: str, value: Any) -> bytes:
        """Raises ValueError when a line is longer than LINE_LENGTH_MAX."""
        if name.lower() == "subject":
            said = _encoded(str(value), name)
        elif name.lower() in ADDRESSED:
            said = ",\r\n ".join(_addressed(one, name) for one in value.addresses)
        else:
            said = str(value)
        lines = f"{name}: {said}\r\n".encode("ascii")
        if any(len(line) > LINE_LENGTH_MAX for line in lines.split(b"\r\n")):
            raise ValueError("a line of a header is too long")
        return lines


def _encoded(words: str, name: str) -> str:
    """Text that looks like an encoded word is encoded again, so that it is read as it was typed."""
    is_plain = words.isascii() and "=?" not in words
    charset = "us-ascii" if is_plain else "utf-8"
    header = Header(words, charset, header_name=name, maxlinelen=ENCODED_LINE_LENGTH)
    return header.encode(linesep="\r\n")


def _addressed(one: Address, name: str) -> str:
    if not one.display_name:
        return f"<{one.addr_spec}>"
    is_plain = one.display_name.isascii() and "=?" not in one.display_name
    who = f'"{quote(one.display_name)}"' if is_plain else _encoded(one.display_name, name)
    return f"{who}\r\n <{one.addr_spec}>"


_POLICY = _Policy(linesep="\r\n")


def words_of(contents: Contents) -> tuple[str, str, str]:
    name = f"{contents.kind}/{contents.kind}.{contents.recipient.language}"
    subject, _, text = (
        _TEMPLATES.get_template(f"{name}.txt").render(contents.values).partition("\n")
    )
    html = _TEMPLATES.get_template(f"{name}.html").render(contents.values, subject=subject)
    return subject, text.lstrip("\n"), html


def message_id_of(mail_id: str, domain: str) -> str:
    """Derived from the row's business key alone, so that a second copy is recognised."""
    return f"<{mail_id}@{domain}>"


def compose(contents: Contents, mail_id: str, settings: Settings, now: datetime) -> bytes:
    subject, text, html = words_of(contents)
    mail = EmailMessage(policy=_POLICY)
    recipient = contents.recipient
    mail["From"] = Address(settings.partnership_name, addr_spec=settings.mail_from)
    mail["To"] = Address(recipient.name, addr_spec=recipient.address or "")
    mail["Reply-To"] = settings.mail_reply_to
    mail["Subject"] = subject
    mail["Date"] = format_datetime(now)
    mail["Message-ID"] = message_id_of(mail_id, settings.mail_domain)
    mail["Auto-Submitted"] = "auto-generated"
    mail["Content-Language"] = recipient.language
    if contents.unsubscribe_url:
        mail["List-Unsubscribe"] = f"<{contents.unsubscribe_url}>"
        mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    mail.set_content(text)
    mail.add_alternative(html, subtype="html")
    _add_calendar(mail, contents, settings, now)
    return mail.as_bytes()


def _add_calendar(
    mail: EmailMessage, contents: Contents, settings: Settings, now: datetime
) -> None:
    if not contents.appointment:
        return
    method = contents.appointment.method
    calendar = calendar_of(
        contents.appointment,
        contents.recipient,
        organiser_name=settings.partnership_name,
        organiser_address=settings.mail_reply_to,
        domain=settings.mail_domain,
        now=now,
    )
    mail.add_alternative(calendar.decode(), subtype="calendar", params={"method": str(method)})
    mail.add_attachment(calendar, maintype="application", subtype="ics", filename="invite.ics")

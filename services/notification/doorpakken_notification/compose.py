"""Puts contents into words and the words into a mail: text, html and, with a seat, a calendar.
Refuses a name or subject with a line break in it, which would forge a header."""

from datetime import datetime
from email.header import Header
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from doorpakken_notification.calendar import calendar_of
from doorpakken_notification.model.contents import Contents
from doorpakken_notification.settings import Settings

_TEMPLATES = Environment(
    loader=PackageLoader("doorpakken_notification", "templates/mails"),
    autoescape=lambda name: bool(name and name.endswith(".html")),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    auto_reload=False,
)


class _Policy(EmailPolicy):
    """Writes a subject as a whole: folded word by word it gains and loses spaces."""

    def fold_binary(self, name: str, value: Any) -> bytes:
        """One header as it is sent."""
        if name.lower() != "subject":
            return super().fold_binary(name, value)
        charset = "us-ascii" if str(value).isascii() else "utf-8"
        encoded = Header(str(value), charset, header_name=name).encode(linesep="\r\n")
        return f"{name}: {encoded}\r\n".encode("ascii")


_POLICY = _Policy(linesep="\r\n")


def words_of(contents: Contents) -> tuple[str, str, str]:
    """Subject, text and html, in the recipient's language; a text begins with its subject."""
    name = f"{contents.kind}.{contents.recipient.language}"
    subject, _, text = (
        _TEMPLATES.get_template(f"{name}.txt").render(contents.values).partition("\n")
    )
    html = _TEMPLATES.get_template(f"{name}.html").render(contents.values, subject=subject)
    return subject, text.lstrip("\n"), html


def message_id_of(invitation_id: str, domain: str) -> str:
    """Follows from the row's business key alone, so that a second copy is known as one."""
    return f"<{invitation_id}@{domain}>"


def compose(contents: Contents, invitation_id: str, settings: Settings, now: datetime) -> bytes:
    """The bytes to hand over; ValueError for what cannot stand in a header."""
    subject, text, html = words_of(contents)
    mail = EmailMessage(policy=_POLICY)
    recipient = contents.recipient
    mail["From"] = Address(settings.partnership_name, addr_spec=settings.mail_from)
    mail["To"] = Address(recipient.name, addr_spec=recipient.address or "")
    mail["Reply-To"] = settings.mail_reply_to
    mail["Subject"] = subject
    mail["Date"] = format_datetime(now)
    mail["Message-ID"] = message_id_of(invitation_id, settings.mail_domain)
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
    """Once as a part that mail programs read, once as a file for all others."""
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

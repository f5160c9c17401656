"""The SMTP server of the mailbox: accepts mail for any recipient."""

import asyncio

from aiosmtpd.smtp import SMTP, Envelope, Session

from doorpakken_local.mailbox.mails import Mails
from doorpakken_local.ports import LOOPBACK

BIGGEST_MAIL_BYTES = 10 * 1024 * 1024


class Sink:
    """The aiosmtpd handler that stores each mail."""

    def __init__(self, mails: Mails) -> None:
        self._mails = mails

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        content = envelope.content
        assert isinstance(content, bytes)
        self._mails.add(envelope.mail_from or "", envelope.rcpt_tos, content)
        return "250 OK"


async def listen(mails: Mails, port: int) -> asyncio.Server:
    loop = asyncio.get_running_loop()
    return await loop.create_server(
        lambda: SMTP(Sink(mails), data_size_limit=BIGGEST_MAIL_BYTES, enable_SMTPUTF8=True),
        LOOPBACK,
        port,
    )

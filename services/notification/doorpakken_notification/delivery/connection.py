"""One kept connection to the mail server, and how far an SMTP session on it came. Does not try
again once the mail's text was sent: whether it was accepted is then unknown."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from typing import TypeVar, cast
from urllib.parse import unquote, urlsplit

import structlog
from aiosmtplib import (
    SMTP,
    SMTPException,
    SMTPResponse,
    SMTPResponseException,
    SMTPServerDisconnected,
)

from doorpakken_notification.model.verdict import Failure, Stage

T = TypeVar("T")

log = structlog.get_logger(__name__)

# uvloop raises RuntimeError when its transport was closed meanwhile.
_CUT_OFF = (SMTPException, OSError, EOFError, RuntimeError)
_ABOUT_THE_MAIL = (Stage.RECIPIENT, Stage.DATA)

START_INPUT, COMPLETED, CLOSING = 354, 250, 421
_LINE_ENDS = re.compile(rb"\r\n|\r|\n")
_LEADING_DOTS = re.compile(rb"(?m)^\.")


class _Failed(Exception):
    def __init__(self, failure: Failure) -> None:
        super().__init__(str(failure))
        self.failure = failure


class Connection:
    """Connects when first needed, and again when the server closed the connection."""

    def __init__(self, url: str, *, timeout_seconds: float) -> None:
        self._url = urlsplit(url)
        self._timeout_seconds = timeout_seconds
        self._smtp: SMTP | None = None

    async def hand_over(
        self,
        sender: str,
        recipient: str,
        content: bytes,
        before_text: Callable[[], Awaitable[bool]],
    ) -> Failure | None:
        """Returns None when the server accepted the mail. `before_text` runs just before the text
        is sent, and returns whether it still may be."""
        was_open = self._smtp is not None and self._smtp.is_connected
        failure = await self._try(sender, recipient, content, before_text)
        is_stale = was_open and failure is not None and failure.code in (None, CLOSING)
        if is_stale and failure and failure.stage is not Stage.AFTER_DOT:
            # Servers close idle connections; that says nothing about this mail.
            return await self._try(sender, recipient, content, before_text)
        return failure

    async def close(self) -> None:
        smtp, self._smtp = self._smtp, None
        if smtp and smtp.is_connected:
            try:
                await smtp.quit()
            except _CUT_OFF:
                smtp.close()

    async def _try(
        self,
        sender: str,
        recipient: str,
        content: bytes,
        before_text: Callable[[], Awaitable[bool]],
    ) -> Failure | None:
        try:
            smtp = await _at(Stage.CONNECT, self._connected())
            await _at(Stage.SENDER, smtp.mail(sender))
            await _at(Stage.RECIPIENT, smtp.rcpt(recipient))
            _require(await _at(Stage.DATA, smtp.execute_command(b"DATA")), START_INPUT, Stage.DATA)
            if not await before_text():
                raise _Failed(Failure(Stage.DATA))
            _require(await _at(Stage.AFTER_DOT, _text(smtp, content)), COMPLETED, Stage.AFTER_DOT)
        except _Failed as failed:
            await self._recover(failed.failure)
            return failed.failure
        except BaseException:
            # In the middle of a session the server would read the next mail as part of this one.
            self._drop()
            raise
        return None

    async def _connected(self) -> SMTP:
        if self._smtp and self._smtp.is_connected:
            return self._smtp
        url = self._url
        self._smtp = SMTP(
            hostname=url.hostname,
            port=url.port,
            username=unquote(url.username) if url.username else None,
            password=unquote(url.password) if url.password else None,
            use_tls=url.scheme == "smtps",
            timeout=self._timeout_seconds,
        )
        await self._smtp.connect()
        return self._smtp

    async def _recover(self, failure: Failure) -> None:
        smtp = self._smtp
        is_sound = failure.code not in (None, CLOSING) and failure.stage is not Stage.CONNECT
        if smtp and smtp.is_connected and is_sound:
            try:
                await smtp.rset()
                return
            except _CUT_OFF:
                pass
        self._drop()

    def _drop(self) -> None:
        smtp, self._smtp = self._smtp, None
        if smtp:
            smtp.close()


async def _at(stage: Stage, step: Awaitable[T]) -> T:
    try:
        return await step
    except SMTPResponseException as error:
        raise _Failed(Failure(stage, error.code)) from error
    except _CUT_OFF as error:
        raise _Failed(Failure(stage)) from error
    except ValueError as error:
        # Such as a character that SMTP cannot carry: the error is not the server's.
        log.error("mail cannot be said", stage=str(stage), reason=type(error).__name__)
        raise _Failed(Failure(stage, is_unfit=stage in _ABOUT_THE_MAIL)) from error


def _require(response: SMTPResponse, code: int, stage: Stage) -> None:
    if response.code != code:
        raise _Failed(Failure(stage, response.code))


async def _text(smtp: SMTP, content: bytes) -> SMTPResponse:
    # uvloop's transports do not subclass asyncio's, so the type cannot be checked.
    transport = cast(asyncio.WriteTransport | None, smtp.transport)
    if transport is None or transport.is_closing():
        raise SMTPServerDisconnected("Connection lost")
    lines = _LINE_ENDS.sub(b"\r\n", content)
    ended = lines if lines.endswith(b"\r\n") else lines + b"\r\n"
    transport.write(_LEADING_DOTS.sub(b"..", ended))
    return await smtp.execute_command(b".")

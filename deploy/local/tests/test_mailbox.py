"""The mailbox over real SMTP: what went in is what a person and a program read."""

import asyncio
import smtplib
import stat
from collections.abc import AsyncIterator
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

import httpx
import pytest
import pytest_asyncio
from doorpakken_local.mailbox.mails import Mails
from doorpakken_local.mailbox.sink import listen
from doorpakken_local.mailbox.web import create_app

CALENDAR = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n"


@dataclass
class Box:
    folder: Path
    port: int
    web: httpx.AsyncClient

    async def take(self, message: EmailMessage, to: str) -> None:
        await asyncio.to_thread(self._send, message, to)

    def _send(self, message: EmailMessage, to: str) -> None:
        with smtplib.SMTP("127.0.0.1", self.port) as smtp:
            smtp.send_message(message, "mail@zoiszuidoost.example", [to])

    async def items(self, to: str = "") -> list[dict[str, object]]:
        answer = await self.web.get("/api/mails", params={"to": to} if to else {})
        found: list[dict[str, object]] = answer.json()["items"]
        return found


@pytest_asyncio.fixture
async def box(tmp_path: Path) -> AsyncIterator[Box]:
    mails = Mails(tmp_path / "mails")
    async with await listen(mails, 0) as server:
        port = server.sockets[0].getsockname()[1]
        transport = httpx.ASGITransport(create_app(mails))
        async with httpx.AsyncClient(transport=transport, base_url="http://mailbox") as web:
            yield Box(tmp_path / "mails", port, web)


def invitation(subject: str = "Kom ook één keer") -> EmailMessage:
    message = EmailMessage()
    message["Subject"] = subject
    message["Message-ID"] = "<invitation-1@zoiszuidoost.example>"
    message["To"] = "Somebody <somebody@people.example>"
    message.set_content("Dag Élise\n")
    message.add_alternative("<p>Dag Élise</p><script>alert(1)</script>", subtype="html")
    message.add_attachment(CALENDAR, subtype="calendar", filename="session.ics")
    message.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="a.pdf")
    return message


async def test_every_part_of_a_mail_comes_back(box: Box) -> None:
    await box.take(invitation(), "somebody@people.example")
    (row,) = await box.items()
    assert row["from"] == "mail@zoiszuidoost.example"
    assert row["to"] == ["somebody@people.example"]
    assert row["subject"] == "Kom ook één keer"
    assert row["message_id"] == "<invitation-1@zoiszuidoost.example>"
    mail = (await box.web.get(f"/api/mails/{row['id']}")).json()
    assert mail["text"].strip() == "Dag Élise"
    assert "<p>Dag Élise</p>" in mail["html"]
    assert mail["calendar"].split() == CALENDAR.split()
    assert mail["headers"]["To"] == "Somebody <somebody@people.example>"
    assert [(part["filename"], part["content_type"]) for part in mail["attachments"]] == [
        ("session.ics", "text/calendar"),
        ("a.pdf", "application/pdf"),
    ]
    attachment = await box.web.get(f"/mails/{row['id']}/attachments/1")
    assert attachment.content == b"%PDF-1.7"


async def test_filter_is_by_the_envelope_and_newest_comes_first(box: Box) -> None:
    for number, to in enumerate(["a@people.example", "b@people.example", "A@People.example"]):
        await box.take(invitation(f"mail {number}"), to)
    assert [row["subject"] for row in await box.items()] == ["mail 2", "mail 1", "mail 0"]
    found = await box.items("a@people.example")
    assert [row["subject"] for row in found] == ["mail 2", "mail 0"]


async def test_pages_show_a_hostile_mail_without_running_it(box: Box) -> None:
    await box.take(invitation("<script>alert(2)</script>"), "somebody@people.example")
    (row,) = await box.items()
    for path in ("/", f"/mails/{row['id']}"):
        page = (await box.web.get(path)).text
        assert "<script>" not in page
        assert "&lt;script&gt;alert(2)" in page
    framed = await box.web.get(f"/mails/{row['id']}/html")
    policy = framed.headers["content-security-policy"]
    assert "sandbox" in policy
    assert "allow-scripts" not in policy
    assert "default-src 'none'" in policy


async def test_mails_outlive_a_restart_and_are_private(box: Box) -> None:
    await box.take(invitation(), "somebody@people.example")
    again = Mails(box.folder)
    assert [mail.subject for mail in again.list()] == ["Kom ook één keer"]
    assert again.add("x@a.example", ["y@b.example"], b"Subject: next\r\n\r\n").id == "00000002"
    assert {stat.S_IMODE(path.stat().st_mode) for path in box.folder.iterdir()} == {0o600}


async def test_deleting_leaves_neither_row_nor_file(box: Box) -> None:
    await box.take(invitation(), "somebody@people.example")
    assert (await box.web.delete("/api/mails")).status_code == 204
    assert await box.items() == []
    assert list(box.folder.iterdir()) == []


@pytest.mark.parametrize("path", ["/api/mails/9", "/mails/9", "/mails/9/html", "/mails/..%2Fx"])
async def test_unknown_mail_is_404(box: Box, path: str) -> None:
    assert (await box.web.get(path)).status_code == 404

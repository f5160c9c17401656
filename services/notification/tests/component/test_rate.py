"""A wave leaves fast: a mail costs a few times the processor time in which Python's own mail
package reads and writes that mail, in the same run: the speed of the machine does not count."""

import time
from email import message_from_bytes
from email.policy import SMTP

import pytest

from services.notification.tests.component.conftest import OpenDesk
from services.notification.tests.component.gathering import Gathering
from services.notification.tests.component.mail_server import mail_server

PEOPLE = 100
# A hundred mails a second on a machine whose yardstick is 1.8 ms a mail.
MOST_TIMES = 5.5


@pytest.mark.load
async def test_a_mail_costs_little_more_than_its_bytes(
    open_desk: OpenDesk, gathering: Gathering
) -> None:
    async with mail_server() as server:
        desk = await open_desk(smtp_url=server.url)
        await desk.hear(*gathering.told(*(f"n{number}" for number in range(PEOPLE))))
        await desk.release(gathering.run)
        started_at = time.process_time()
        async with desk.delivering():
            await desk.settles("sent", PEOPLE, seconds=60)
        seconds = time.process_time() - started_at
        assert len(set(server.taken)) == len(server.taken) == PEOPLE
        assert server.connections <= desk.settings.mail_connections
    assert seconds <= MOST_TIMES * yardstick(server.taken)


def yardstick(mails: list[bytes]) -> float:
    """The processor seconds of reading and writing each of these once."""
    started_at = time.process_time()
    for mail in mails:
        assert message_from_bytes(mail, policy=SMTP).as_bytes()
    return time.process_time() - started_at

"""A wave leaves fast: counted in the processor time of one mail, which other work on the machine
does not change."""

import time

import pytest

from services.notification.tests.component.conftest import OpenDesk
from services.notification.tests.component.gathering import Gathering
from services.notification.tests.component.mail_server import mail_server

PEOPLE = 200
MOST_SECONDS_A_MAIL = 1 / 100


@pytest.mark.load
async def test_a_hundred_mails_a_second(open_desk: OpenDesk, gathering: Gathering) -> None:
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
    assert seconds / PEOPLE <= MOST_SECONDS_A_MAIL

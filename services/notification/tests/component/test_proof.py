"""The wave proves that nobody present was forgotten: each is counted once, by how it ended."""

from dataclasses import asdict

from doorpakken_events.registration import AttendeeCancelled
from doorpakken_notification.proofs import list_missing, proof_of
from doorpakken_notification.store import suppressions

from services.notification.tests.component.conftest import OpenDesk
from services.notification.tests.component.desk import Desk
from services.notification.tests.component.gathering import FRIDAY, Gathering
from services.notification.tests.component.mail_server import mail_server


async def _proof(desk: Desk, gathering: Gathering) -> dict[str, int | bool]:
    return asdict(await proof_of(desk.mongo, gathering.id))


async def test_everybody_present_is_counted_once(open_desk: OpenDesk, gathering: Gathering) -> None:
    async with mail_server(("RCPT", "550 no such user")) as server:
        desk = await open_desk(smtp_url=server.url, mail_connections=1)
        names = ("gladys", "kwame", "imane", "wies", "zoe")
        await desk.hear(*gathering.told(*names))
        await desk.hear(gathering.contact("kwame", 2, email=None))
        left, _ = gathering.present("wies", checked_in_at=FRIDAY)
        cancelled = left.model_dump() | {"state": "cancelled"}
        await desk.hear((AttendeeCancelled.model_validate(cancelled), 3))
        unwanted = f"{gathering.id}-imane-person"
        await desk.service.transact(lambda tx: suppressions.unsubscribe(tx, unwanted))
        assert await _proof(desk, gathering) == {
            "checked_in": 5,
            "sent": 0,
            "on_paper": 0,
            "suppressed": 0,
            "bounced": 0,
            "stopped": 1,
            "not_yet": 4,
            "adds_up": False,
        }
        await desk.release(gathering.run)
        async with desk.delivering():
            await desk.settles("sent", 1)
            await desk.settles("on_paper", 1)
            await desk.settles("bounced", 1)
            await desk.settles("suppressed", 1)
    assert await _proof(desk, gathering) == {
        "checked_in": 5,
        "sent": 1,
        "on_paper": 1,
        "suppressed": 2,
        "bounced": 1,
        "stopped": 1,
        "not_yet": 0,
        "adds_up": True,
    }
    assert await list_missing(desk.mongo, gathering.id) == []


async def test_who_is_missing_is_named(open_desk: OpenDesk, gathering: Gathering) -> None:
    async with mail_server(("DOT", "reset")) as server:
        desk = await open_desk(smtp_url=server.url)
        await desk.hear(*gathering.told("gladys"))
        await desk.release(gathering.run)
        async with desk.delivering():
            await desk.settles("ambiguous", 1)
    await desk.hear(gathering.contact("kwame"), gathering.present("kwame"))
    assert not (await proof_of(desk.mongo, gathering.id)).adds_up
    missing = await list_missing(desk.mongo, gathering.id)
    assert [(one.name, one.state) for one in missing] == [
        ("Gladys Waterlelie", "ambiguous"),
        ("Kwame Waterlelie", "nothing_owed"),
    ]

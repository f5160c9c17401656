"""Staff tokens against the service's own list of ended sessions and accounts."""

import json
from collections.abc import AsyncIterator, Callable
from datetime import timedelta

import httpx
import pytest
from doorpakken_events.staff import StaffChanged, StaffState
from doorpakken_plumbing.identity import revocations
from doorpakken_plumbing.identity.revocations import INDEXES, Revocations
from doorpakken_plumbing.identity.staff import (
    STAFF_HANDLERS,
    SignedIn,
    Staff,
    StaffDoor,
    sign_token,
)
from doorpakken_plumbing.messaging.transaction import Transaction, Transactions
from doorpakken_plumbing.mongo.database import Mongo
from doorpakken_plumbing.settings import ServiceSettings
from doorpakken_plumbing.time import clock
from fastapi import FastAPI
from joserfc.jwk import OKPKey

KEY = OKPKey.generate_key("Ed25519")


class Desk:
    """An app that staff sign in to."""

    def __init__(self, mongo: Mongo, settings: ServiceSettings) -> None:
        self.transact = Transactions(mongo, "matching", settings, lambda: None).run
        self.settings = settings
        self.staff = StaffDoor(json.dumps(KEY.as_dict(private=False)), Revocations(mongo))
        self.app = FastAPI()
        self.app.state.service = self
        self.app.add_api_route("/", self.who)
        transport = httpx.ASGITransport(self.app, raise_app_exceptions=False)
        self.client = httpx.AsyncClient(transport=transport, base_url="http://desk")

    def who(self, staff: SignedIn) -> str:
        return staff.session_id

    async def hear(self, state: StaffState) -> None:
        await self.transact(lambda tx: revocations.fold(tx, state))

    async def lets_in(self, token: str) -> bool:
        from doorpakken_plumbing.http.errors import Unauthorised

        try:
            await self.staff.verify(token)
        except Unauthorised:
            return False
        return True


@pytest.fixture
async def desk(
    mongo: Mongo, settings_of: Callable[..., ServiceSettings], monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Desk]:
    await mongo.make_indexes(INDEXES)
    # A second of patience is for busy services, not for tests.
    monkeypatch.setattr(revocations, "REREAD_SECONDS", 0.0)
    desk = Desk(mongo, settings_of("matching"))
    yield desk
    await desk.client.aclose()


def token(staff_id: str, session_id: str) -> str:
    staff = Staff(staff_id, {"*": "organiser"}, session_id)
    return sign_token(json.dumps(KEY.as_dict(private=True)), staff)


def state(staff_id: str, *ended: str, active: bool = True) -> StaffChanged:
    until = clock.real_now() + timedelta(minutes=10)
    sessions = tuple({"session_id": one, "until": until} for one in ended)
    return StaffChanged.model_validate(
        {"staff_id": staff_id, "active": active, "revoked_sessions": sessions}
    )


async def test_a_token_lets_in_by_bearer_and_by_cookie(desk: Desk) -> None:
    one = token("s-1", "a")
    for headers in ({"authorization": f"Bearer {one}"}, {"cookie": f"staff={one}"}):
        answer = await desk.client.get("/", headers=headers)
        assert (answer.status_code, answer.json()) == (200, "a")


async def test_an_ended_session_is_refused_and_the_others_are_not(desk: Desk) -> None:
    ended, other, somebody_else = token("s-1", "a"), token("s-1", "b"), token("s-2", "c")
    assert await desk.lets_in(ended)

    await desk.hear(state("s-1", "a"))

    assert not await desk.lets_in(ended)
    assert await desk.lets_in(other)
    assert await desk.lets_in(somebody_else)


async def test_a_closed_account_is_refused_until_it_is_opened(desk: Desk) -> None:
    one = token("s-1", "a")
    await desk.hear(state("s-1", active=False))
    assert not await desk.lets_in(one)

    await desk.hear(state("s-1", active=True))
    assert await desk.lets_in(one)


async def test_every_event_about_staff_is_heard_by_the_plumbing(desk: Desk, mongo: Mongo) -> None:
    from doorpakken_events.catalogue import CATALOGUE

    events = {topic.event for topic in CATALOGUE.values() if topic.event}
    about_staff = {event for event in events if event.AGGREGATE == "staff"}
    assert set(STAFF_HANDLERS) == about_staff


async def test_a_list_is_read_once_a_second(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(revocations, "REREAD_SECONDS", 1.0)
    one = token("s-1", "a")
    assert await desk.lets_in(one)
    await desk.hear(state("s-1", "a"))
    assert await desk.lets_in(one)

    monkeypatch.setattr(revocations, "REREAD_SECONDS", 0.0)
    assert not await desk.lets_in(one)


async def test_folding_twice_changes_nothing(desk: Desk, mongo: Mongo) -> None:
    async def rows(tx: Transaction) -> int:
        return await mongo["staff_revocations"].count({})

    for _ in range(2):
        await desk.hear(state("s-1", "a", "b", active=False))
    assert await desk.transact(rows) == 3

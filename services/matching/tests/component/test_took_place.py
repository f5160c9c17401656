"""Once it was said what came of a session, matching says that it took place."""

from datetime import timedelta
from typing import Any

from doorpakken_events.registration import SessionReported
from doorpakken_plumbing.time import clock

from services.matching.tests.component.gathering import Gathering
from services.matching.tests.component.test_session_edits import publish


def reported(gathering: Gathering, session: dict[str, Any], state: str) -> SessionReported:
    return SessionReported(session_id=session["id"], gathering_id=gathering.id, state=state)


async def begin(gathering: Gathering, session: dict[str, Any]) -> None:
    """It began an hour ago."""
    begun = {"$set": {"starts_at": clock.now() - timedelta(hours=1)}}
    await gathering.service.mongo["sessions"].update_one({"_id": session["id"]}, begun)


async def test_it_took_place_once_its_outcome_is_done(gathering: Gathering) -> None:
    session, ahead = await publish(gathering, "one", "two")
    await begin(gathering, session)
    await gathering.hear((reported(gathering, session, "open"), 1))
    assert await gathering.said("session-took-place") == []
    await gathering.hear(
        (reported(gathering, session, "done"), 2), (reported(gathering, ahead, "done"), 1)
    )
    await gathering.hear((reported(gathering, session, "done"), 3))
    [said] = await gathering.said("session-took-place")
    assert (said["session_id"], said["state"]) == (session["id"], "took_place")
    states = {one["id"]: one["state"] for one in await gathering.sessions()}
    assert states == {session["id"]: "took_place", ahead["id"]: "scheduled"}


async def test_a_cancelled_session_stays_cancelled(gathering: Gathering) -> None:
    (session,) = await publish(gathering)
    await gathering.change(session["id"], "cancel", reason="Te weinig mensen")
    await begin(gathering, session)
    await gathering.hear((reported(gathering, session, "done"), 1))
    assert await gathering.said("session-took-place") == []


async def test_what_took_place_is_neither_changed_nor_planned_again(gathering: Gathering) -> None:
    (session,) = await publish(gathering)
    await begin(gathering, session)
    await gathering.hear((reported(gathering, session, "done"), 1))
    refused = await gathering.change(session["id"], "capacity", capacity_max=4)
    assert (refused.status_code, refused.json()["slug"]) == (409, "session-begun")
    plan = await gathering.post("plans")
    assert (plan.status_code, plan.json()["slug"]) == (409, "no-accepted-pitches")

"""A check-in that was a mistake is undone, until the invitation has left."""

import pytest
from doorpakken_events.matching import SessionsRecommended, Suggestion
from doorpakken_events.notification import MailSent, MailWaiting
from doorpakken_plumbing.time import clock

from services.registration.tests.component.desk import Desk, Json
from tests.probe import becomes


async def test_an_undone_check_in_is_said_and_may_be_done_again(desk: Desk) -> None:
    who = await desk.attendee(await desk.gathering(capacity=1))
    path = f"/attendees/{who['id']}/check-in"
    await desk.client.post(path)
    for _ in range(2):
        answer = await desk.client.delete(path)
        assert (answer.status_code, answer.json()["state"]) == (200, "registered")
    [said] = await desk.said("attendee-updated", attendee_id=who["id"])
    assert (said["state"], said["checked_in_at"], said["version"]) == ("registered", None, 3)
    assert (await desk.client.post(path)).json()["state"] == "checked_in"
    assert len(await desk.said("attendee-checked-in", attendee_id=who["id"])) == 2


async def test_a_scan_that_comes_late_does_not_undo_the_undoing(desk: Desk) -> None:
    gathering_id = await desk.gathering()
    who = await desk.attendee(gathering_id)
    items = (await desk.client.get(f"/gatherings/{gathering_id}/door-list")).json()["items"]
    scan = {"code": items[0]["code"], "scanned_at": clock.now().isoformat()}
    body = {"sent_at": clock.now().isoformat(), "scans": [scan]}
    await desk.client.post(f"/gatherings/{gathering_id}/scans", json=body)
    await desk.client.delete(f"/attendees/{who['id']}/check-in")
    await desk.client.post(f"/gatherings/{gathering_id}/scans", json=body)
    assert (await desk.client.get(f"/attendees/{who['id']}")).json()["state"] == "registered"


@pytest.mark.parametrize(
    ("said", "state", "status"),
    [
        (MailSent, "sent", 409),
        (MailWaiting, "on_paper", 409),
        (MailWaiting, "stopped", 200),
    ],
)
async def test_it_is_refused_once_the_invitation_has_left(
    desk: Desk, said: type[MailSent | MailWaiting], state: str, status: int
) -> None:
    gathering_id = await desk.gathering()
    who = await desk.attendee(gathering_id)
    await desk.client.post(f"/attendees/{who['id']}/check-in")
    mail = {
        "mail_id": f"mail-{who['id']}",
        "person_id": who["person_id"],
        "attendee_id": who["id"],
        "gathering_id": gathering_id,
        "kind": "invitation",
        "state": state,
        "channel": "mail",
        "attempt": 1,
        "at": clock.now(),
    }
    await desk.hear(said.model_validate(mail), 1)
    answer = await desk.client.delete(f"/attendees/{who['id']}/check-in")
    assert answer.status_code == status
    if status == 409:
        assert answer.json()["slug"] == "invitation-sent"


async def test_the_seat_that_was_held_is_given_back_and_held_again(desk: Desk) -> None:
    gathering_id = await desk.gathering()
    who = await desk.attendee(gathering_id)
    session_id = await desk.session(gathering_id, seats=1)
    wave_id = await desk.wave(gathering_id)
    seat = Suggestion(session_id=session_id, score=800)
    told = SessionsRecommended(
        attendee_id=who["id"], gathering_id=gathering_id, run_id=wave_id, seats=(seat,)
    )
    back = told.model_copy(update={"seats": (), "is_taken_back": True})
    for version, said, states in (
        (1, told, ["held"]),
        (2, back, ["held", "ended"]),
        (3, told, ["held", "ended", "held"]),
    ):
        await desk.hear(said, version)
        await becomes(lambda: seats(desk, who), states)
    ended = (await desk.said("sign-up-updated", attendee_id=who["id"]))[1]
    assert ended["reason"] == "not_present"
    shown = await desk.service.mongo["sessions"].find_one({"_id": session_id})
    assert shown is not None
    assert shown["taken"] == 1


async def seats(desk: Desk, who: Json) -> list[str]:
    """What was said of their seats, in order."""
    return [one["state"] for one in await desk.said("sign-up-updated", attendee_id=who["id"])]

"""Staff review pitches: each decision and each question is mailed to who pitch, in words that only
they read."""

import asyncio

import httpx

from services.registration.tests.component.accepted import submitted_pitch
from services.registration.tests.component.desk import Desk, Json, plan_for_work

WORDS = "Bel mij gerust op 06 12345678.\nHoeveel plekken hebt u?"


async def asked_for(desk: Desk, pitch: Json) -> list[Json]:
    """The mails about a pitch that registration asked for."""
    return await desk.said("mail-requested", pitch_id=pitch["id"])


async def test_a_decision_is_mailed_once_to_each_who_pitches(desk: Desk) -> None:
    pitch = await submitted_pitch(desk, await desk.gathering())
    review = {"decision": "declined", "note": WORDS}
    for _ in range(2):
        answer = await desk.client.post(f"/pitches/{pitch['id']}/review", json=review)
        assert (answer.status_code, answer.json()["state"]) == (200, "declined")
    [mail] = await asked_for(desk, pitch)
    assert (mail["kind"], mail["text"]) == ("pitch_declined", WORDS)
    assert [mail["person_id"]] == pitch["pitchers"]
    [said] = await desk.said("pitch-reviewed", pitch_id=pitch["id"])
    assert (said["state"], said["reason"]) == ("declined", None)
    assert "12345678" not in str(said)


async def test_who_has_no_address_is_told_too_and_notification_has_them_called(
    desk: Desk,
) -> None:
    body = plan_for_work(email=None, phone="06 12345678")
    path = f"/gatherings/{await desk.gathering()}/pitches"
    pitch = (await desk.client.post(path, json=body)).json()
    await desk.client.post(f"/pitches/{pitch['id']}/review", json={"decision": "accepted"})
    [told] = await asked_for(desk, pitch)
    assert (told["kind"], [told["person_id"]]) == ("pitch_accepted", pitch["pitchers"])


async def test_a_question_leaves_the_pitch_open_and_is_shown_to_who_pitches_alone(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    pitch = await submitted_pitch(desk, await desk.gathering())
    path = f"/pitches/{pitch['id']}/questions"
    answer = await desk.client.post(path, json={"text": WORDS})
    assert (answer.status_code, answer.json()["state"]) == (200, "submitted")
    [mail] = await asked_for(desk, pitch)
    assert (mail["kind"], mail["text"]) == ("pitch_question", WORDS)
    assert "12345678" not in str(await desk.said("pitch-updated", pitch_id=pitch["id"]))
    assert "12345678" not in answer.text

    link = await desk.link(pitch["pitchers"][0], "pitch", pitch["id"])
    own = await public.get(link, follow_redirects=True)
    assert ("Onze vraag aan u" in own.text, "06 12345678" in own.text) == (True, True)
    assert "Bewaar uw plan" in own.text
    assert (await public.get("/me/support")).status_code == 403

    await desk.client.post(f"/pitches/{pitch['id']}/review", json={"decision": "accepted"})
    late = await desk.client.post(path, json={"text": "Nog iets?"})
    assert (late.status_code, late.json()["slug"]) == (409, "already-reviewed")
    empty = await desk.client.post(path, json={"text": ""})
    assert empty.status_code == 422


async def test_of_two_decisions_at_once_one_counts(desk: Desk) -> None:
    pitch = await submitted_pitch(desk, await desk.gathering())
    path = f"/pitches/{pitch['id']}/review"
    answers = await asyncio.gather(
        *(desk.client.post(path, json={"decision": one}) for one in ("accepted", "declined"))
    )
    assert sorted(one.status_code for one in answers) == [200, 409]
    assert len(await asked_for(desk, pitch)) == 1


async def test_what_staff_wrote_goes_with_who_pitched(desk: Desk) -> None:
    pitch = await submitted_pitch(desk, await desk.gathering())
    await desk.client.post(f"/pitches/{pitch['id']}/questions", json={"text": WORDS})
    erased = await desk.client.post(f"/persons/{pitch['pitchers'][0]}/erase")
    assert erased.status_code in (200, 202), erased.text
    kept = await desk.service.mongo["pitches"].find_one({"_id": pitch["id"]})
    assert kept
    assert kept["notes"] == []
    asked = desk.service.mongo["mail_requests"]
    assert await asked.count({"pitch_id": pitch["id"]}) == 0

"""A plan is made, read and published, through HTTP and Kafka."""

import json
from collections import Counter
from datetime import datetime, timedelta

from doorpakken_events.registration import (
    InvitationAnswered,
    PersonContact,
    PitchEndorsed,
    SessionJoined,
)

from services.matching.tests.component.gathering import Gathering

SIX = ("winkel", "octa", "mom", "naaien", "lunch", "gein")
SIXTY = tuple(f"a{number:02}" for number in range(60))


async def test_sixty_people_and_six_pitches(gathering: Gathering) -> None:
    await gathering.prepare(pitches=SIX, attendees=SIXTY)
    plan = await gathering.plan()
    assert plan["recommendations"] == 60
    assert plan["unopened"] == []
    assert len({(one["slot"], one["room"]) for one in plan["sessions"]}) == 6
    seats = plan["figures"]["seats"]
    assert seats == plan["figures"]["capacity"]  # everybody has what every pitch asks
    assert await gathering.said("plan-published") == []

    whole = (await gathering.client.get(f"/plans/{plan['run_id']}")).json()
    assert len(whole["people"]) == 60
    assert sum(len(one["seats"]) for one in whole["people"]) == seats

    answer = await gathering.publish(plan)
    assert answer.status_code == 200, answer.text
    assert answer.json()["state"] == "published"
    (published,) = await gathering.said("plan-published")
    assert (published["recommendations"], published["sessions"]) == (60, 6)
    assert len(await gathering.said("session-scheduled")) == 6
    assert len(set(await gathering.recommended(plan["run_id"]))) == 60


async def test_what_is_said_of_a_session_and_of_a_seat(gathering: Gathering) -> None:
    await gathering.prepare()
    plan = await gathering.plan()
    await gathering.publish(plan)
    (session,) = await gathering.said("session-scheduled")
    assert session["pitch_id"] == f"{gathering.id}-pitch-one"
    assert session["host"] == f"{gathering.id}-pitcher-one"
    assert session["need_ids"] == [f"{gathering.id}-need-one"]
    assert (session["place"], session["capacity_min"], session["capacity_max"]) == (
        "Zaal Ara",
        4,
        12,
    )
    told = await gathering.said("sessions-recommended")
    assert [len(one["seats"]) for one in told] == [1, 1, 1]
    (seat,) = told[0]["seats"]
    assert seat["session_id"] == session["session_id"]
    assert seat["reasons"][0]["code"] == "offer_meets_need"
    assert seat["reasons"][0]["need_id"] == f"{gathering.id}-need-one"


async def test_people_have_five_days_to_answer(gathering: Gathering) -> None:
    await gathering.prepare()
    answer = (await gathering.publish(await gathering.plan())).json()
    published_at = datetime.fromisoformat(answer["published_at"])
    assert datetime.fromisoformat(answer["answer_by"]) == published_at + timedelta(days=5)


async def test_staff_may_say_until_when(gathering: Gathering) -> None:
    await gathering.prepare()
    answer_by = f"{gathering.start + timedelta(days=7)}"
    plan = (await gathering.post("plans", answer_by=answer_by)).json()
    answer = (await gathering.publish(plan)).json()
    assert datetime.fromisoformat(answer["answer_by"]) == gathering.start + timedelta(days=7)


async def test_publishing_twice_answers_the_same_and_says_nothing_new(
    gathering: Gathering,
) -> None:
    await gathering.prepare()
    plan = await gathering.plan()
    first = await gathering.publish(plan)
    second = await gathering.publish(plan)
    assert first.json() == second.json()
    assert len(await gathering.recommended(plan["run_id"])) == 3
    assert len(await gathering.said("plan-published")) == 1


async def test_the_same_inputs_give_the_same_run(gathering: Gathering) -> None:
    await gathering.prepare()
    one, other = await gathering.plan(), await gathering.plan()
    assert one == other
    await gathering.hear((gathering.attendee("late"), 2))
    assert (await gathering.plan())["run_id"] != one["run_id"]


async def test_everybody_present_is_told_also_those_whom_nothing_fits(
    gathering: Gathering,
) -> None:
    await gathering.prepare(attendees=("fits",))
    await gathering.hear((gathering.attendee("nothing", offers=()), 1))
    plan = await gathering.plan()
    await gathering.publish(plan)
    told = {one["attendee_id"]: one for one in await gathering.said("sessions-recommended")}
    assert told[f"{gathering.id}-nothing"]["seats"] == []
    assert told[f"{gathering.id}-nothing"]["alternatives"] == []


async def test_support_of_an_organisation_is_a_reason(gathering: Gathering) -> None:
    await gathering.prepare(attendees=())
    support = PitchEndorsed(
        endorsement_id=f"{gathering.id}-support",
        gathering_id=gathering.id,
        pitch_id=f"{gathering.id}-pitch-one",
        organisation_id="reigerbank",
        stance="believes",
        state="confirmed",
        endorsed_at=gathering.start,
    )
    colleague = gathering.attendee("a", offers=(), organisation_id="reigerbank")
    await gathering.hear((support, 1), (colleague, 1))
    whole = (await gathering.client.get(f"/plans/{(await gathering.plan())['run_id']}")).json()
    (alternative,) = whole["people"][0]["alternatives"]
    assert [one["code"] for one in alternative["reasons"]] == ["supports_pitch"]
    assert alternative["not_chosen"] == "low_score"


async def test_a_later_plan_says_only_what_changed_and_keeps_what_was_answered(
    gathering: Gathering,
) -> None:
    await gathering.prepare()
    first = await gathering.plan()
    await gathering.publish(first)
    yes, no = f"{gathering.id}-a", f"{gathering.id}-b"
    session_id = first["sessions"][0]["session_id"]
    await gathering.hear(
        (_answer(gathering, yes, first["run_id"], "accepted"), 1),
        (_answer(gathering, no, first["run_id"], "declined"), 1),
        (_joined(gathering, yes, session_id), 1),
        (gathering.pitch("two"), 2),
    )
    second = await gathering.plan()
    assert (await gathering.publish(second)).status_code == 200
    scheduled = await gathering.said("session-scheduled")
    assert Counter(one["pitch_id"] for one in scheduled) == {
        f"{gathering.id}-pitch-one": 1,
        f"{gathering.id}-pitch-two": 1,
    }
    told = {
        one["attendee_id"]: one
        for one in await gathering.said("sessions-recommended")
        if one["run_id"] == second["run_id"]
    }
    assert {one["version"] for one in told.values()} == {2}
    assert [seat["session_id"] for seat in told[yes]["seats"]] == [session_id]
    assert told[no]["seats"] == []
    assert len(told[f"{gathering.id}-c"]["seats"]) == 2
    assert (await gathering.publish(first)).json()["slug"] == "plan-superseded"


async def test_no_name_is_in_a_plan_or_said(gathering: Gathering) -> None:
    await gathering.prepare()
    name = "Zoë 🌱 Klaver"
    contact = PersonContact(person_id=f"{gathering.id}-person-a", name=name, language="nl")
    await gathering.hear((contact, 1))
    plan = await gathering.plan()
    await gathering.publish(plan)
    whole = (await gathering.client.get(f"/plans/{plan['run_id']}")).text
    said = json.dumps([await gathering.said(one) for one in ("session-scheduled",)])
    assert "Klaver" not in whole + said
    stored = await gathering.service.mongo["contact"].find_one({"_id": contact.person_id})
    assert stored is not None
    assert stored["data"] == {"name": name}


def _answer(gathering: Gathering, attendee_id: str, run_id: str, answer: str) -> InvitationAnswered:
    return InvitationAnswered(
        answer_id=f"{attendee_id}-answer",
        gathering_id=gathering.id,
        wave_id=run_id,
        attendee_id=attendee_id,
        answer=answer,
        answered_at=gathering.start,
    )


def _joined(gathering: Gathering, attendee_id: str, session_id: str) -> SessionJoined:
    return SessionJoined(
        sign_up_id=f"{attendee_id}-sign-up",
        gathering_id=gathering.id,
        session_id=session_id,
        attendee_id=attendee_id,
        state="active",
        signed_up_at=gathering.start,
    )

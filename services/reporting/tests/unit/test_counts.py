"""What is counted and what is not: cancelled people, declined pitches, earlier answers."""

from datetime import UTC, datetime, timedelta
from typing import Any

from doorpakken_events.matching import PlanPublished
from doorpakken_events.notification import InvitationSent, InvitationState
from doorpakken_events.registration import (
    AttendeeRegistered,
    AttendeeState,
    InvitationAnswered,
    Need,
    PitchEndorsed,
    PitchReviewed,
    PitchState,
)
from doorpakken_events.words import KINDS
from doorpakken_pages.catalogue import untranslated
from doorpakken_reporting.figures.people import count_people
from doorpakken_reporting.figures.pitches import count_pitches
from doorpakken_reporting.figures.wave import count_invitations

AT = datetime(2023, 10, 6, 13, 0, tzinfo=UTC)


def attendee(number: int, state: str, kind: str = "other", **more: Any) -> AttendeeState:
    fields = {
        "attendee_id": f"a{number}",
        "gathering_id": "g",
        "person_id": f"p{number}",
        "kind": kind,
        "language": "nl",
        "state": state,
        "registered_at": AT,
    }
    # As a reader of events does: kinds that are not known yet pass.
    return AttendeeRegistered.model_validate(fields | more, context={"reading": True})


def pitch(name: str, state: str, *needs: Need) -> PitchState:
    return PitchReviewed(
        pitch_id=name,
        gathering_id="g",
        kind="idea",
        title=name,
        summary="",
        pitchers=("p1",),
        needs=needs,
        state=state,
        submitted_at=AT,
    )


def support(name: str, state: str) -> PitchEndorsed:
    return PitchEndorsed(
        endorsement_id=f"{name}-{state}",
        gathering_id="g",
        pitch_id=name,
        person_id="p2",
        stance="joins",
        state=state,
        endorsed_at=AT,
    )


def invitation(number: int, state: str, kind: str = "invitation") -> InvitationState:
    return InvitationSent(
        invitation_id=f"i{number}-{kind}",
        person_id=f"p{number}",
        kind=kind,
        channel="mail",
        state=state,
        at=AT,
    )


def answer(number: int, word: str, wave: str, hours: int) -> InvitationAnswered:
    return InvitationAnswered(
        answer_id=f"{wave}-{number}",
        gathering_id="g",
        wave_id=wave,
        attendee_id=f"a{number}",
        answer=word,
        answered_at=AT + timedelta(hours=hours),
    )


PLAN = PlanPublished(
    run_id="r", gathering_id="g", recommendations=5, sessions=1, answer_by=AT, published_at=AT
)


def test_whoever_cancelled_is_not_counted_and_new_kinds_are() -> None:
    people = count_people(
        [
            attendee(1, "cancelled"),
            attendee(2, "registered", organisation_id="o"),
            attendee(3, "checked_in", checked_in_at=AT, organisation_id="o"),
            attendee(4, "waitlisted", kind="visitor"),
        ]
    )
    assert (people.attendees, people.checked_in, people.cancelled) == (3, 1, 1)
    assert (people.on_gathering_waitlist, people.organisations) == (1, 1)
    assert list(people.people_by_kind) == [*KINDS, "visitor"]
    assert people.people_by_kind["other"].model_dump() == {"registered": 2, "present": 1}
    assert people.registered_over_time.points[-1].total == 3
    assert people.present_over_time.points[-1].total == 1


def test_needs_of_declined_pitches_and_unconfirmed_support_do_not_count() -> None:
    hours = Need(need_id="n1", category="expertise", description="", amount=8, unit="hour")
    courses = Need(need_id="n2", category="expertise", description="", amount=2, unit="trajectory")
    found = count_pitches(
        [pitch("a", "accepted", hours, courses), pitch("b", "declined", hours)],
        [support("a", "confirmed"), support("a", "pending"), support("a", "withdrawn")],
    )
    assert (found.pitches, found.needs, found.endorsements) == (1, 2, 1)
    assert found.pitches_by_state == {"accepted": 1, "declined": 1}
    (expertise,) = found.needs_by_category
    assert [one.model_dump() for one in expertise.amounts] == [
        {"unit": "hour", "amount": 8},
        {"unit": "trajectory", "amount": 2},
    ]
    assert (found.pitch_list[0].joins, found.pitch_list[0].believes) == (1, 0)


def test_only_invitations_count_and_nobody_present_is_forgotten() -> None:
    delivered = [
        invitation(1, "sent"),
        invitation(1, "sent", kind="confirmation"),
        invitation(2, "on_paper"),
        invitation(3, "stopped"),
    ]
    wave = count_invitations([PLAN], delivered, [], present=5).wave
    assert (wave.sent, wave.on_paper, wave.stopped, wave.waiting) == (1, 1, 1, 2)
    assert count_invitations([], [], [], present=5).wave.waiting == 0


def test_the_last_answer_of_somebody_counts() -> None:
    answers = [
        answer(1, "accepted", "r", 5),
        answer(1, "declined", "q", 2),
        answer(2, "maybe", "r", 1),
    ]
    sent = [invitation(number, "sent") for number in range(4)]
    found = count_invitations([PLAN], sent, answers, present=4).answers
    assert found.model_dump() == {"accepted": 1, "declined": 0, "maybe": 1, "none": 2}


def test_every_text_has_its_english() -> None:
    assert untranslated("doorpakken_reporting") == set()

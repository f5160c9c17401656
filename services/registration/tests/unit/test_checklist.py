"""The steps of a gathering follow from what is known of it; the first open one is next."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from doorpakken_registration.gatherings.model.gathering import Gathering, ProgrammeItem
from doorpakken_registration.seats.model.answer import Wave
from doorpakken_registration.work.model.checklist import Facts, next_step, steps_of

FRIDAY = datetime(2023, 10, 6, 13, tzinfo=UTC)
DRAFT = Gathering(
    id="g-1",
    version=0,
    title="Derde bijeenkomst",
    ambition="",
    starts_at=FRIDAY,
    ends_at=FRIDAY + timedelta(hours=4),
    venue_name="Zaal Ara",
    venue_address="",
    capacity=None,
    registration_opens_at=None,
    registration_closes_at=None,
    follow_up_from=None,
    follow_up_until=None,
)
NOTHING = Facts(
    gathering=DRAFT,
    waiting=frozenset(),
    heard=frozenset(),
    has_accepted_pitch=False,
    has_table=False,
    has_checked_in=False,
    has_wishes=False,
    wave=None,
    has_invitations=False,
)
WAVE = Wave("run-1", 1, "g-1", 60, 6, FRIDAY + timedelta(days=5), FRIDAY + timedelta(days=1))


def done(facts: Facts, now: datetime = FRIDAY) -> list[str]:
    return [one.name for one in steps_of(facts, now) if one.is_done]


def test_a_draft_begins_with_publishing() -> None:
    first = next_step(steps_of(NOTHING, FRIDAY))
    assert first
    assert (done(NOTHING), first.name, first.path) == ([], "publish", "/staff/g/g-1")


def test_rooms_are_there_only_when_matching_said_so() -> None:
    heard = replace(NOTHING, heard=frozenset({"matching"}))
    assert done(heard) == ["rooms"]
    assert done(replace(heard, waiting=frozenset({"no_rooms"}))) == []


def test_pitches_are_reviewed_when_none_waits() -> None:
    accepted = replace(NOTHING, has_accepted_pitch=True)
    assert done(accepted) == ["review_pitches"]
    assert done(replace(accepted, waiting=frozenset({"pitches_to_review"}))) == []


def test_hosts_and_answers_follow_the_plan() -> None:
    planned = replace(NOTHING, wave=WAVE)
    assert done(planned) == ["plan", "hosts"]
    assert done(replace(planned, waiting=frozenset({"hosts_to_ask"}))) == ["plan"]
    sent = replace(planned, has_invitations=True)
    assert done(sent) == ["plan", "hosts", "invitations", "answers"]
    silent = replace(sent, waiting=frozenset({"no_answer"}))
    assert done(silent) == ["plan", "hosts", "invitations"]
    assert done(silent, WAVE.answer_by + timedelta(minutes=1))[-1] == "answers"


def test_nothing_is_next_when_all_is_done() -> None:
    whole = replace(
        NOTHING,
        gathering=replace(DRAFT, version=1, programme=(ProgrammeItem(FRIDAY, "Welkom"),)),
        heard=frozenset({"matching", "notification"}),
        has_accepted_pitch=True,
        has_table=True,
        has_checked_in=True,
        has_wishes=True,
        wave=WAVE,
        has_invitations=True,
    )
    assert next_step(steps_of(whole, FRIDAY)) is None

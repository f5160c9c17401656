"""Which mails are owed about promises follows from their newest states alone."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from doorpakken_events.matching import SessionScheduled
from doorpakken_events.registration import (
    Asking,
    CommitmentUpdated,
    PitchUpdated,
    SessionReported,
    Told,
)
from doorpakken_notification.model.outcomes import Outcome
from doorpakken_notification.model.promises import Promise
from doorpakken_notification.promise_rules import (
    mails_about,
    mails_about_outcome,
    mails_of_days,
    next_news_at,
)

AT = datetime(2023, 10, 26, 14, tzinfo=UTC)
DUE = date(2023, 11, 24)
NINE = datetime(2023, 11, 17, 8, tzinfo=UTC)
PITCH = PitchUpdated(
    pitch_id="pitch",
    gathering_id="g",
    kind="project",
    title="OCTA",
    summary="",
    pitchers=("rowena", "kwame"),
    organisation_id="octa",
    needs=(),
    state="accepted",
    submitted_at=AT,
)


def _promise(asked: tuple[str, ...] = (), hosts: tuple[str, ...] = (), **more: Any) -> Promise:
    fields: dict[str, Any] = {
        "commitment_id": "c",
        "gathering_id": "g",
        "pitch_id": "pitch",
        "kind": "promise",
        "person_id": "pieter",
        "made_by": "host",
        "what": "Stageplekken",
        "first_due": DUE,
        "due": DUE,
        "state": "proposed",
        "publication": "none",
        "asks": 1,
        "made_at": AT,
    }
    return Promise(CommitmentUpdated(**fields | more), PITCH, asked, hosts)


def _told(what: str, at: datetime = NINE, due: date = DUE) -> Told:
    return Told(what=what, due=due, at=at)


def _keys(promise: Promise) -> list[str]:
    return [mail.key for mail in mails_about(promise)]


def _days(person: str, *promises: Promise, now: datetime = NINE) -> list[str]:
    return [mail.key for mail in mails_of_days(person, promises, now)]


def test_each_contact_of_an_organisation_is_asked_until_somebody_is_named_who_decides() -> None:
    asked = _promise(("marloes", "pieter"), organisation_id="bank")
    assert _keys(asked) == ["commitment_request:c:pieter:1", "commitment_request:c:marloes:1"]
    named = _promise(("marloes",), organisation_id="bank", person_id="jan", asks=2)
    assert _keys(named) == ["commitment_request:c:jan:2"]


def test_a_member_who_writes_down_what_their_organisation_promises_has_its_contacts_asked() -> None:
    asked = _promise(("marloes",), organisation_id="bank", made_by="member")
    assert _keys(asked) == ["commitment_request:c:marloes:1"]


@pytest.mark.parametrize("state", ["consulting", "accepted", "confirmed", "ended"])
def test_who_answered_is_not_asked(state: str) -> None:
    assert _keys(_promise(state=state)) == []


def test_nobody_confirms_their_own_promise() -> None:
    done: dict[str, Any] = {"state": "delivered", "delivered_at": AT}
    moment = "2023-10-26T14:00:00+00:00"
    assert _keys(_promise(**done)) == [
        f"delivery_to_confirm:c:{moment}:rowena",
        f"delivery_to_confirm:c:{moment}:kwame",
    ]
    assert _keys(_promise(**done, person_id="rowena")) == [f"delivery_to_confirm:c:{moment}:kwame"]
    assert _keys(_promise(**done, organisation_id="octa")) == []


def test_the_owner_hears_that_it_is_disputed_or_not_needed_any_more() -> None:
    disputed = _promise(state="disputed", disputed_at=AT)
    assert _keys(disputed) == ["commitment_disputed:c:2023-10-26T14:00:00+00:00"]
    for reason in ("released", "pitch_withdrawn"):
        assert _keys(_promise(state="ended", reason=reason)) == ["commitment_ended:c"]
    for reason in ("declined", "withdrawn", "entered_wrongly", "not_delivered"):
        assert _keys(_promise(state="ended", reason=reason)) == []


def test_who_should_take_it_over_is_asked_while_it_runs() -> None:
    assert _keys(_promise(state="accepted", hand_over_to="jan")) == ["commitment_handover:c:jan"]
    assert _keys(_promise(state="ended", reason="withdrawn", hand_over_to="jan")) == []


@pytest.mark.parametrize(
    ("what", "state", "person"),
    [
        ("asked_again_5", {"state": "proposed"}, "pieter"),
        ("asked_again_12", {"state": "proposed"}, "pieter"),
        ("consult", {"state": "consulting", "answered_at": AT}, "pieter"),
        ("week_before", {"state": "accepted"}, "pieter"),
        ("day_before", {"state": "accepted"}, "pieter"),
        ("past_1", {"state": "accepted"}, "pieter"),
        ("past_14", {"state": "accepted"}, "pieter"),
        ("confirm_again", {"state": "delivered", "delivered_at": AT}, "kwame"),
    ],
)
def test_what_a_timer_told_is_in_the_mail_of_its_day(
    what: str, state: dict[str, Any], person: str
) -> None:
    promise = _promise(told=(_told(what),), **state)
    assert _days(person, promise) == [f"reminders:{person}:2023-11-17"]


@pytest.mark.parametrize("what", ["no_answer", "past_7", "not_confirmed"])
def test_what_is_told_for_staff_is_no_mail(what: str) -> None:
    states = {"no_answer": "proposed", "past_7": "accepted", "not_confirmed": "delivered"}
    promise = _promise(told=(_told(what),), state=states[what], delivered_at=AT)
    assert _days("pieter", promise) + _days("kwame", promise) == []


def test_what_is_not_true_any_more_is_no_mail() -> None:
    later = NINE + timedelta(hours=1)
    for promise in (
        _promise(told=(_told("asked_again_5"),), state="consulting", answered_at=later),
        _promise(told=(_told("asked_again_5"),), answered_at=later, asks=2),
        _promise(told=(_told("past_1"),), state="accepted", due=date(2024, 1, 1)),
        _promise(told=(_told("past_1"),), state="delivered", delivered_at=later),
        _promise(told=(_told("confirm_again"),), state="confirmed", confirmed_at=later),
    ):
        for person in ("pieter", "kwame"):
            mails = mails_of_days(person, [promise], later)
            assert [mail.key for mail in mails if mail.kind == "reminders"] == []


def test_the_newest_that_was_told_replaces_what_was_told_before() -> None:
    told = (_told("week_before"), _told("day_before", NINE + timedelta(days=6)))
    assert _days("pieter", _promise(told=told, state="accepted")) == ["reminders:pieter:2023-11-23"]


def test_five_things_of_one_day_are_one_mail() -> None:
    promises = [_promise(told=(_told("past_1"),), state="accepted") for _ in range(5)]
    assert _days("pieter", *promises) == ["reminders:pieter:2023-11-17"]


def test_the_day_is_that_of_amsterdam() -> None:
    late = _promise(told=(_told("past_1", datetime(2023, 11, 16, 23, 30, tzinfo=UTC)),))
    accepted = Promise(late.state.model_copy(update={"state": "accepted"}), PITCH)
    assert _days("pieter", accepted) == ["reminders:pieter:2023-11-17"]


def test_a_day_with_news_is_told_the_morning_after() -> None:
    promise = _promise(hosts=("host",), state="accepted", accepted_at=AT)
    morning = datetime(2023, 10, 27, 7, tzinfo=UTC)
    assert next_news_at(promise, AT) == morning
    for person in ("rowena", "host"):
        assert _days(person, promise, now=morning - timedelta(seconds=1)) == []
        assert _days(person, promise, now=morning) == [f"plan_news:{person}:2023-10-26"]
    assert _days("pieter", promise, now=morning) == []
    assert next_news_at(promise, morning) is None


def test_who_has_to_confirm_hears_it_once() -> None:
    done = _promise(hosts=("host",), state="delivered", delivered_at=AT)
    assert _days("rowena", done) == []
    assert _days("host", done) == ["plan_news:host:2023-10-26"]


def test_an_end_that_they_made_themselves_is_no_news() -> None:
    for reason, told in (
        ("withdrawn", 1),
        ("declined", 1),
        ("released", 0),
        ("entered_wrongly", 0),
    ):
        ended = _promise(state="ended", reason=reason, ended_at=AT)
        assert len(_days("rowena", ended)) == told


def test_who_leads_the_session_now_is_asked_what_came_of_it() -> None:
    session = SessionScheduled(
        session_id="s",
        gathering_id="g",
        run_id="r",
        pitch_id="pitch",
        host="kwame",
        place="Zaal Reiger",
        starts_at=AT,
        ends_at=AT + timedelta(hours=2),
        capacity_min=1,
        capacity_max=9,
        state="scheduled",
    )
    first = Asking(what="morning_after", due=AT.date(), at=AT)
    later = Asking(what="after_3_days", due=AT.date(), at=NINE)
    open_ = SessionReported(session_id="s", gathering_id="g", told=(first,), state="open")
    once = Outcome(open_, session)
    again = Outcome(open_.model_copy(update={"told": (first, later)}), session)
    assert [mail.key for mail in mails_about_outcome(once)] == ["outcome:s"]
    assert mails_of_days("kwame", [], NINE, [once]) == []
    (reminder,) = mails_of_days("kwame", [], NINE, [again])
    assert reminder.key == "reminders:kwame:2023-11-17"
    done = Outcome(open_.model_copy(update={"state": "done"}), session)
    off = Outcome(open_, session.model_copy(update={"state": "cancelled"}))
    assert [*mails_about_outcome(done), *mails_about_outcome(off)] == []

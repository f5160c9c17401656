"""What changes the state of an attendee, a gathering, a pitch and the like makes the moves of its
table and refuses every other."""

from collections.abc import Callable, Iterable
from dataclasses import MISSING, fields
from datetime import UTC, datetime
from itertools import product
from typing import Any, get_args

import pytest
from doorpakken_events import states
from doorpakken_events.moves import MOVES, ForbiddenMove, State
from doorpakken_events.registration import AttendeeRegistered, AttendeeUpdated
from doorpakken_registration.attendance.routes.attendees import AttendeeState
from doorpakken_registration.common.store.documents import from_document, to_document
from doorpakken_registration.conversation.model.perspective import Perspective
from doorpakken_registration.gatherings.attendees import event_of
from doorpakken_registration.gatherings.model.attendee import Attendee
from doorpakken_registration.gatherings.model.gathering import Gathering
from doorpakken_registration.gatherings.routes.gatherings import State as GatheringState
from doorpakken_registration.pitches.model.endorsement import Endorsement
from doorpakken_registration.pitches.model.offer import Offer
from doorpakken_registration.pitches.model.pitch import Pitch
from doorpakken_registration.pitches.routes.pitches import State as PitchState
from doorpakken_registration.seats.model.answer import InvitationAnswer
from doorpakken_registration.seats.model.hosting import HostingAnswer

NOW = datetime(2023, 10, 10, 9, tzinfo=UTC)


def made(kind: Callable[..., Any], /, **known: Any) -> Any:
    """An object whose other fields are empty."""
    empty = {one.name: None for one in fields(kind) if one.default is MISSING}  # type: ignore[arg-type]
    return kind(**{**empty, "version": 1, **known})


def attendee(state: states.Attendee) -> Attendee:
    one: Attendee = made(
        Attendee,
        id="a",
        gathering_id="g",
        person_id="p",
        kind="other",
        language="nl",
        availability=(),
        interests=(),
        offers=(),
        state=state,
        registered_at=NOW,
    )
    return one


# A change to any state, by the object in a state before.
TO_ANY: list[tuple[type[State], Callable[[Any, Any], State]]] = [
    (states.Gathering, lambda before, after: made(Gathering, state=before).to(after).state),
    (states.Offer, lambda before, after: made(Offer, state=before).stepped(after, 1, NOW).state),
    (
        states.Perspective,
        lambda before, after: made(Perspective, state=before).moderated(after).state,
    ),
    (
        states.Answer,
        lambda before, after: (
            made(InvitationAnswer, answer=before).changed(after, None, NOW).answer
        ),
    ),
    (
        states.HostingAnswer,
        lambda before, after: (
            made(HostingAnswer, answer=before).changed(2, after, None, NOW).answer
        ),
    ),
    (
        states.Endorsement,
        lambda before, after: (
            made(Endorsement, state=before).strengthened(made(Endorsement, state=after), NOW).state
        ),
    ),
]


@pytest.mark.parametrize(("kind", "move"), TO_ANY, ids=lambda one: getattr(one, "__name__", ""))
def test_a_change_to_any_state_is_one_of_the_table(
    kind: type[State], move: Callable[[Any, Any], State]
) -> None:
    allowed = {(before, after) for before, after, _ in MOVES[kind]}
    for before, after in product(kind, kind):
        if (before, after) in allowed:
            assert move(before, after) is after
        else:
            with pytest.raises(ForbiddenMove):
                move(before, after)


@pytest.mark.parametrize(
    ("move", "after", "befores"),
    [
        (lambda one: one.offered(NOW), states.Attendee.OFFERED, {"waitlisted", "offered"}),
        (
            lambda one: one.registered(),
            states.Attendee.REGISTERED,
            {"offered", "registered", "cancelled", "checked_in"},
        ),
        (
            lambda one: one.not_checked_in(),
            states.Attendee.REGISTERED,
            {"offered", "registered", "cancelled", "checked_in"},
        ),
        (
            lambda one: one.checked_in(NOW),
            states.Attendee.CHECKED_IN,
            {"registered", "waitlisted", "offered", "checked_in"},
        ),
        (
            lambda one: one.cancelled(NOW),
            states.Attendee.CANCELLED,
            {"registered", "waitlisted", "offered", "cancelled"},
        ),
    ],
)
def test_an_attendee_moves_from_these_states_alone(
    move: Callable[[Attendee], Attendee], after: states.Attendee, befores: set[str]
) -> None:
    for before in states.Attendee:
        if before in befores:
            moved = move(attendee(before))
            assert (moved.state, moved.version) == (after, 2)
        else:
            with pytest.raises(ForbiddenMove):
                move(attendee(before))


@pytest.mark.parametrize(
    ("move", "befores"),
    [
        (
            lambda one: one.reviewed(states.Pitch.ACCEPTED, None, None, NOW),
            {"submitted", "accepted"},
        ),
        (
            lambda one: one.reviewed(states.Pitch.DECLINED, None, None, NOW),
            {"submitted", "declined"},
        ),
        (lambda one: one.withdrawn(None), {"submitted", "accepted", "withdrawn"}),
    ],
)
def test_a_pitch_moves_from_these_states_alone(
    move: Callable[[Pitch], Pitch], befores: set[str]
) -> None:
    for before in states.Pitch:
        if before in befores:
            move(made(Pitch, state=before))
        else:
            with pytest.raises(ForbiddenMove):
                move(made(Pitch, state=before))


def test_support_that_was_taken_back_is_confirmed_only_by_giving_it_again() -> None:
    for before in states.Endorsement:
        pending = made(Endorsement, state=before)
        assert pending.withdrawn(NOW).state is states.Endorsement.WITHDRAWN
        assert pending.confirmed(NOW).history[-1].state is states.Endorsement.CONFIRMED


def test_an_attendee_is_told_on_the_topic_of_the_move() -> None:
    waiting, here = attendee(states.Attendee.WAITLISTED), attendee(states.Attendee.REGISTERED)
    assert type(event_of(None, waiting)) is AttendeeRegistered
    assert type(event_of(attendee(states.Attendee.CANCELLED), here)) is AttendeeRegistered
    assert type(event_of(here, here)) is AttendeeUpdated
    with pytest.raises(ForbiddenMove, match="Attendee: checked_in to waitlisted"):
        event_of(attendee(states.Attendee.CHECKED_IN), waiting)


@pytest.mark.parametrize(
    ("asked", "kind"),
    [
        (get_args(AttendeeState), states.Attendee),
        (get_args(GatheringState), states.Gathering),
        (get_args(PitchState), set(states.Pitch) - {states.Pitch.DRAFT}),
    ],
)
def test_a_list_can_be_asked_for_the_states_there_are(
    asked: tuple[str, ...], kind: Iterable[str]
) -> None:
    assert set(asked) == set(kind)


def test_a_state_is_a_plain_word_in_the_database_and_a_member_when_read() -> None:
    before = attendee(states.Attendee.OFFERED)
    document = to_document(before)
    assert document["state"] == "offered"
    assert (
        from_document(Attendee, {**document, "state": "offered"}).state is states.Attendee.OFFERED
    )
    with pytest.raises(ValueError, match="'away' is not a valid Attendee"):
        from_document(Attendee, {**document, "state": "away"})

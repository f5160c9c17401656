"""The tables of states: one topic for each move, any other move is refused."""

import json
from collections.abc import Iterator
from itertools import product

import pytest
from doorpakken_events import states
from doorpakken_events.golden import EXAMPLE_OF
from doorpakken_events.moves import (
    END,
    MOVES,
    START,
    TOMBSTONE,
    UNTOLD,
    ForbiddenMove,
    State,
    told_on,
)
from doorpakken_events.registration import AttendeeRegistered

KINDS = tuple(MOVES)
# Words of the contract that no service says yet.
UNREACHED: dict[type[State], set[State]] = {
    states.Pitch: {states.Pitch.DRAFT},
    states.Session: {states.Session.PROPOSED},
}


def _pairs(kind: type[State]) -> Iterator[tuple[State | None, State]]:
    yield from product((START, *kind), kind)


@pytest.mark.parametrize("kind", KINDS)
def test_a_move_is_in_its_table_once(kind: type[State]) -> None:
    moves = MOVES[kind]
    assert len(moves) == len(set(moves))
    assert {type(state) for *pair, _ in moves for state in pair if state} == {kind}


@pytest.mark.parametrize("kind", KINDS)
def test_every_move_of_the_table_is_allowed_and_told_on_its_topic(kind: type[State]) -> None:
    for before, after, topic in MOVES[kind]:
        if after is END:
            assert topic == TOMBSTONE
            continue
        assert told_on(before, after, topic) == topic
        assert before is START or before.to(after) is after


def test_a_move_that_several_topics_tell_needs_its_topic() -> None:
    accepted = states.Commitment.ACCEPTED
    assert told_on(accepted, accepted, "commitment-progressed") == "commitment-progressed"
    for topic in (None, "commitment-made", "offer-withdrawn"):
        with pytest.raises(ForbiddenMove, match="Commitment: accepted to accepted on"):
            told_on(accepted, accepted, topic)


@pytest.mark.parametrize("kind", KINDS)
def test_every_other_move_is_refused(kind: type[State]) -> None:
    allowed = {(before, after) for before, after, _ in MOVES[kind]}
    for before, after in _pairs(kind):
        if (before, after) in allowed:
            continue
        with pytest.raises(ForbiddenMove, match=f"{kind.__name__}: .* to {after}"):
            told_on(before, after)
        if before:
            with pytest.raises(ForbiddenMove):
                before.to(after)


@pytest.mark.parametrize("kind", KINDS)
def test_every_state_is_reached_from_the_start(kind: type[State]) -> None:
    reached: set[State | None] = {START}
    for _ in kind:
        reached |= {after for before, after, _ in MOVES[kind] if before in reached and after}
    assert set(kind) - reached == UNREACHED.get(kind, set())


def test_only_drafts_move_untold() -> None:
    untold = {
        (before, after) for moves in MOVES.values() for before, after, topic in moves if not topic
    }
    draft = states.Gathering.DRAFT
    assert untold == {(START, draft), (draft, draft), (draft, states.Gathering.CANCELLED)}
    assert told_on(draft, draft) == UNTOLD


@pytest.mark.parametrize("kind", KINDS)
def test_a_state_is_the_word_that_is_written(kind: type[State]) -> None:
    assert json.dumps([*kind]) == json.dumps([state.name.lower() for state in kind])


def test_a_state_becomes_a_plain_word_in_an_event() -> None:
    said = EXAMPLE_OF["attendee-registered"].event.model_dump() | {"state": states.Attendee.OFFERED}
    event = AttendeeRegistered.model_validate(said)
    assert type(event.state) is str
    assert event.state == "offered"

"""Which moves a commitment allows in its state; pages offer these and no others."""

from enum import StrEnum, auto

from doorpakken_registration.commitments.model.commitment import Commitment, State

CONSULTS_MAX = 2
PASSED_ON_MAX = 3

_ASKED = (State.PROPOSED, State.CONSULTING)
RUNNING = (*_ASKED, State.ACCEPTED)


class Move(StrEnum):
    """What somebody does with a commitment, in the order in which pages show it."""

    ACCEPT = auto()
    CONSULT = auto()
    PASS_ON = auto()
    DECLINE = auto()
    TAKE_OVER = auto()
    CONFIRM = auto()
    DISPUTE = auto()
    SETTLE = auto()
    DELIVER = auto()
    PROGRESS = auto()
    REPLAN = auto()
    HAND_OVER = auto()
    WITHDRAW = auto()
    RELEASE = auto()
    STRIKE = auto()
    PUBLISH = auto()
    CORRECT = auto()


_HANDED_OVER = (*RUNNING, State.DELIVERED, State.DISPUTED)
STATES: dict[Move, tuple[State, ...]] = {
    Move.ACCEPT: _ASKED,
    Move.CONSULT: _ASKED,
    Move.PASS_ON: _ASKED,
    Move.DECLINE: _ASKED,
    Move.STRIKE: (State.PROPOSED,),
    Move.REPLAN: (State.ACCEPTED,),
    Move.PROGRESS: (State.ACCEPTED,),
    Move.DELIVER: (*RUNNING, State.DISPUTED),
    Move.CONFIRM: (State.DELIVERED,),
    Move.DISPUTE: (State.DELIVERED,),
    Move.SETTLE: (State.DISPUTED,),
    Move.WITHDRAW: (State.ACCEPTED, State.DISPUTED),
    Move.RELEASE: RUNNING,
    Move.HAND_OVER: _HANDED_OVER,
    Move.TAKE_OVER: _HANDED_OVER,
    Move.PUBLISH: tuple(State),
    Move.CORRECT: tuple(State),
}
# An action is confirmed when it is done, so nobody confirms or disputes it.
_OF_PROMISES = (Move.CONFIRM, Move.DISPUTE, Move.SETTLE)


def allows(commitment: Commitment, move: Move) -> bool:
    if commitment.state not in STATES[move]:
        return False
    if commitment.is_action and move in _OF_PROMISES:
        return False
    if move is Move.CONSULT:
        return commitment.consulted < CONSULTS_MAX
    if move is Move.PASS_ON:
        return len(commitment.passed_by) < PASSED_ON_MAX
    if move is Move.STRIKE:
        return commitment.answered_at is None
    if move is Move.TAKE_OVER:
        return commitment.hand_over_to is not None
    return True

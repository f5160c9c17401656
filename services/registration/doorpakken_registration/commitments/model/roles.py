"""Who somebody is to a commitment, and which moves that lets them make."""

from collections.abc import Collection, Mapping
from enum import StrEnum, auto

from doorpakken_registration.commitments.model.commitment import Commitment
from doorpakken_registration.commitments.model.moves import Move, allows


class Role(StrEnum):
    """What somebody is to one commitment. SPOKE said something of it before, such as who passed it
    on."""

    STAFF = auto()
    OWNER = auto()
    HEIR = auto()
    PITCHER = auto()
    ENTERED = auto()
    SPOKE = auto()


# Who read what others said of it, in their words.
READERS = {Role.STAFF, Role.OWNER, Role.HEIR, Role.PITCHER}

_MOVES: Mapping[Role, Collection[Move]] = {
    Role.STAFF: tuple(Move),
    Role.OWNER: (
        Move.ACCEPT,
        Move.CONSULT,
        Move.PASS_ON,
        Move.DECLINE,
        Move.DELIVER,
        Move.PROGRESS,
        Move.REPLAN,
        Move.HAND_OVER,
        Move.WITHDRAW,
        Move.PUBLISH,
    ),
    Role.HEIR: (Move.TAKE_OVER,),
    Role.PITCHER: (Move.CONFIRM, Move.DISPUTE, Move.RELEASE),
    Role.ENTERED: (Move.STRIKE,),
    Role.SPOKE: (),
}


def roles_of(
    one: Commitment, person_id: str, *, pitchers: Collection[str], contacts: Collection[str]
) -> frozenset[Role]:
    """`contacts` are those of its organisation."""
    holds = {
        Role.OWNER: person_id == one.person_id or person_id in contacts,
        Role.HEIR: person_id == one.hand_over_to,
        Role.PITCHER: person_id in pitchers,
        Role.ENTERED: person_id == one.entered_by,
        Role.SPOKE: person_id in {*one.passed_by, *(step.by for step in one.history)},
    }
    return frozenset(role for role, is_it in holds.items() if is_it)


def moves_of(
    one: Commitment, roles: Collection[Role], *, pitched_by: str | None
) -> tuple[Move, ...]:
    """In order. Nobody confirms what they promised themselves, nor what their own organisation
    promised: `pitched_by` is that of the pitch."""
    theirs = {move for role in roles for move in _MOVES[role]}
    is_own = Role.OWNER in roles or (one.organisation_id and one.organisation_id == pitched_by)
    if is_own and Role.STAFF not in roles:
        theirs -= {Move.CONFIRM, Move.DISPUTE}
    return tuple(move for move in Move if move in theirs and allows(one, move))

"""Who somebody is to a commitment, and what that lets them do."""

from dataclasses import replace

import pytest
from doorpakken_registration.commitments.model.commitment import State, Step
from doorpakken_registration.commitments.model.moves import Move
from doorpakken_registration.commitments.model.roles import Role, moves_of, roles_of

from services.registration.tests.unit.test_commitment_moves import NOW, PROMISE

OURS = replace(
    PROMISE,
    organisation_id="bank",
    hand_over_to="marloes",
    passed_by=("joke",),
    entered_by="host",
    history=(Step("made", NOW, "host"), Step("consulting", NOW, "cas")),
)


@pytest.mark.parametrize(
    ("person_id", "roles"),
    [
        ("pieter", {Role.OWNER}),
        ("contact", {Role.OWNER}),
        ("marloes", {Role.HEIR}),
        ("rowena", {Role.PITCHER}),
        ("host", {Role.ENTERED, Role.SPOKE}),
        ("joke", {Role.SPOKE}),
        ("cas", {Role.SPOKE}),
        ("stranger", set()),
    ],
)
def test_who_somebody_is_to_it(person_id: str, roles: set[Role]) -> None:
    assert roles_of(OURS, person_id, pitchers=["rowena"], contacts=["contact"]) == roles


def test_who_only_said_something_of_it_does_nothing_more() -> None:
    assert moves_of(OURS, {Role.SPOKE}, pitched_by=None) == ()


@pytest.mark.parametrize(
    ("roles", "pitched_by", "confirms"),
    [
        ({Role.PITCHER}, None, True),
        ({Role.PITCHER}, "bank", False),
        ({Role.PITCHER, Role.OWNER}, None, False),
        ({Role.OWNER}, None, False),
        ({Role.STAFF}, "bank", True),
    ],
)
def test_nobody_confirms_what_is_their_own(
    roles: set[Role], pitched_by: str | None, confirms: bool
) -> None:
    done = replace(OURS, state=State.DELIVERED)
    moves = moves_of(done, roles, pitched_by=pitched_by)
    assert (Move.CONFIRM in moves, Move.DISPUTE in moves) == (confirms, confirms)


def test_the_amount_put_right_is_the_one_that_counts() -> None:
    asked = PROMISE.corrected("Werkplekken", "", PROMISE.due, 4)
    assert (asked.what, asked.asked_amount, asked.amount, asked.version) == (
        "Werkplekken",
        4,
        None,
        2,
    )
    done = replace(PROMISE, state=State.DELIVERED, amount=5, delivered_amount=50)
    right = done.corrected(done.what, "", done.due, 5)
    assert (right.amount, right.delivered_amount, right.share.committed) == (5, 5, 5)
    assert right.corrected(right.what, "", right.due, 5) is right

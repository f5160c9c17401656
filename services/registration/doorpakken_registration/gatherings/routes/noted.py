"""Keeps who of staff did something about a gathering, in the transaction in which it is done."""

from typing import TypeVar

from doorpakken_plumbing.identity import acts
from doorpakken_plumbing.identity.staff import Staff

T = TypeVar("T")


def noted_at(work: acts.Done[T], staff: Staff, did: str, gathering_id: str) -> acts.Done[T]:
    return acts.noted(work, staff.staff_id, did, gathering_id, gathering_id=gathering_id)

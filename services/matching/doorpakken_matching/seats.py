"""Counts the seats of each session from the sign-ups of registration; assigns none."""

from collections import Counter, defaultdict

from doorpakken_events import states
from doorpakken_events.registration import SignUpState
from doorpakken_plumbing.messaging import newest
from doorpakken_plumbing.mongo.database import Documents

TAKEN = (
    states.SignUp.ACTIVE,
    states.SignUp.HELD,
    states.SignUp.OFFERED,
    states.SignUp.CONFLICT,
)
COUNTED = (*TAKEN, states.SignUp.WAITLISTED)


async def count_seats(docs: Documents, gathering_id: str) -> defaultdict[str, Counter[str]]:
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for one in await newest.list_where(docs, SignUpState, gathering_id=gathering_id):
        if one.state in COUNTED:
            counts[one.session_id][one.state] += 1
    return counts


def over_by(counts: Counter[str], capacity_max: int) -> int:
    return max(0, sum(counts[state] for state in TAKEN) - capacity_max)

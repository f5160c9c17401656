"""However replicas come, go and step, they end with even shares and no shard twice."""

import random

from doorpakken_plumbing.messaging.leases import next_moves
from doorpakken_plumbing.messaging.outbox import SHARDS
from hypothesis import given
from hypothesis import strategies as st


def step(me: str, owners: dict[int, str | None], members: frozenset[str]) -> None:
    """What the database does with one replica's moves: only free shards can be taken."""
    moves = next_moves(me, owners, members)
    for shard in moves.release:
        owners[shard] = None
    for shard in moves.take:
        assert owners[shard] in (None, me)
        owners[shard] = me


@given(
    start=st.lists(st.sampled_from(["a", "b", "c", None]), min_size=SHARDS, max_size=SHARDS),
    alive=st.sets(st.sampled_from(["a", "b", "c"]), min_size=1),
    seed=st.integers(0, 1000),
)
def test_live_replicas_end_with_even_shares(
    start: list[str | None], alive: set[str], seed: int
) -> None:
    members = frozenset(alive)
    # The lease of a replica that is gone has lapsed: nobody owns its shards.
    owners = {number: owner if owner in alive else None for number, owner in enumerate(start)}
    order = random.Random(seed)
    for _ in range(6):
        for me in order.sample(sorted(alive), len(alive)):
            step(me, owners, members)
    shares = [list(owners.values()).count(me) for me in alive]
    assert sum(shares) == SHARDS
    assert max(shares) <= -(-SHARDS // len(alive))

"""The id of a cluster never looks like an option of the tool that is given it."""

from uuid import UUID

import pytest
from doorpakken_local.kafka import cluster_id


@pytest.mark.parametrize("first", range(256))
def test_an_id_does_not_begin_with_a_dash(first: int) -> None:
    made = cluster_id(UUID(bytes=bytes([first]) + bytes(15)))
    assert made[0].isalpha()
    assert len(made) == 22

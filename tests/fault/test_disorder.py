"""F15: events that come twice, late, or before those of other topics that were said first leave the
same rows as the same events in their order, at every service."""

import pytest

from tests.amounts import amount

RECORDS = amount(usual=200, full=2000)
TROUBLED = 0.2
MOST_LATE = 60
BATCHES = (64, 7)
SEED = 20231006

pytestmark = pytest.mark.fault

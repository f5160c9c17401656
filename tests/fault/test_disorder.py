"""F15: events that come twice, late, or before those of other topics that were said first leave the
same rows as the same events in their order, at every service."""

import json
import random
import re
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from uuid import NAMESPACE_URL, uuid5

import pytest
import pytest_asyncio
from doorpakken_events.golden import EXAMPLES
from doorpakken_events.golden.example import Example
from doorpakken_local.system import System

from tests.amounts import amount
from tests.contract.hearers import HEARERS, Ear, Hearer
from tests.contract.rows import UUID, Rows, settled

RECORDS = amount(usual=200, full=2000)
TROUBLED = 0.2
MOST_LATE = 60
BATCHES = (64, 7)
SEED = 20231006

pytestmark = pytest.mark.fault

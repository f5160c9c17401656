"""A fault may take longer than a token lasts; staff go on."""

import pytest

from tests.fault.desk import Desk

pytestmark = pytest.mark.fault


async def test_who_is_signed_in_stays_so(desk: Desk) -> None:
    desk.auth.token = "one that ran out"
    assert (await desk.figures("matching"))["dead"] == 0
    renewed = desk.auth.token
    assert renewed != "one that ran out"
    assert await desk.token() == renewed

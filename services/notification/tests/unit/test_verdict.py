"""What follows from the ways in which a mail server fails."""

import pytest
from doorpakken_notification.model.verdict import (
    Failure,
    Stage,
    Verdict,
    retry_delay_seconds,
    verdict_of,
)


@pytest.mark.parametrize(
    ("stage", "code", "verdict"),
    [
        (Stage.CONNECT, None, Verdict.RETRY),
        (Stage.CONNECT, 554, Verdict.RETRY),
        (Stage.SENDER, None, Verdict.RETRY),
        (Stage.SENDER, 550, Verdict.STOPPED),
        (Stage.RECIPIENT, 421, Verdict.RETRY),
        (Stage.RECIPIENT, 451, Verdict.RETRY),
        (Stage.RECIPIENT, 550, Verdict.BOUNCED),
        (Stage.RECIPIENT, 551, Verdict.BOUNCED),
        (Stage.RECIPIENT, 553, Verdict.BOUNCED),
        (Stage.RECIPIENT, 552, Verdict.STOPPED),
        (Stage.DATA, None, Verdict.RETRY),
        (Stage.DATA, 554, Verdict.STOPPED),
        (Stage.AFTER_DOT, None, Verdict.AMBIGUOUS),
        (Stage.AFTER_DOT, 452, Verdict.RETRY),
        (Stage.AFTER_DOT, 554, Verdict.STOPPED),
    ],
)
def test_each_failure_has_its_class(stage: Stage, code: int | None, verdict: Verdict) -> None:
    assert verdict_of(Failure(stage, code)) is verdict


def test_delays_grow_to_an_hour_and_no_further() -> None:
    longest = [retry_delay_seconds(None, attempt, 1.0) for attempt in range(1, 12)]
    assert longest == sorted(longest)
    assert longest[0] == 60
    assert longest[-1] == 3600
    assert retry_delay_seconds(None, 3, 0.0) == 0


@pytest.mark.parametrize("code", [450, 451])
def test_a_greylisting_server_gets_five_minutes_at_first(code: int) -> None:
    assert retry_delay_seconds(code, 1, 0.0) >= 300
    assert retry_delay_seconds(code, 2, 0.0) == 0

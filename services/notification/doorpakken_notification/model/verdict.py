"""What follows from the way a mail server failed, and how long to wait before trying again. Without
an answer after the final dot the outcome is ambiguous."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

FIRST_DELAY_SECONDS = 30.0
LONGEST_DELAY_SECONDS = 3600.0
GREYLIST_DELAY_SECONDS = 300.0
GIVE_UP_AFTER = timedelta(hours=72)

BAD_ADDRESS = (550, 551, 553)
GREYLISTED = (450, 451)


class Stage(StrEnum):
    """How far the SMTP session had come."""

    CONNECT = "connect"
    SENDER = "sender"
    RECIPIENT = "recipient"
    DATA = "data"
    AFTER_DOT = "after_dot"


class Verdict(StrEnum):
    """What becomes of the mail."""

    RETRY = "retry"
    BOUNCED = "bounced"
    STOPPED = "stopped"
    AMBIGUOUS = "ambiguous"


@dataclass(frozen=True)
class Failure:
    """A mail that was not accepted: the reply code, or None where no reply came; `is_unfit` when
    SMTP cannot carry this mail or its address."""

    stage: Stage
    code: int | None = None
    is_unfit: bool = False


def verdict_of(failure: Failure) -> Verdict:
    """An error while connecting is the server's, not the mail's, and is retried."""
    if failure.code is None and failure.stage is Stage.AFTER_DOT:
        return Verdict.AMBIGUOUS
    if failure.code is None:
        return Verdict.STOPPED if failure.is_unfit else Verdict.RETRY
    if failure.code < 500 or failure.stage is Stage.CONNECT:
        return Verdict.RETRY
    is_about_address = failure.stage is not Stage.SENDER
    if failure.code in BAD_ADDRESS and is_about_address:
        return Verdict.BOUNCED
    return Verdict.STOPPED


def retry_delay_seconds(code: int | None, attempt: int, chance: float) -> float:
    """Full jitter up to 30 s·2ⁿ, an hour at most; `chance` in [0, 1), `attempt` from 1. A
    greylisting server gets five minutes more the first time."""
    ceiling = min(LONGEST_DELAY_SECONDS, FIRST_DELAY_SECONDS * 2.0 ** min(attempt, 20))
    delay: float = chance * ceiling
    if code in GREYLISTED and attempt == 1:
        return GREYLIST_DELAY_SECONDS + delay
    return delay

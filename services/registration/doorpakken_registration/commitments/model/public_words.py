"""What everybody may read of how a promise goes: five words, and nothing before its owner said
yes."""

from datetime import date, timedelta
from enum import StrEnum, auto

from doorpakken_events import states

from doorpakken_registration.commitments.model.due import NEW_DATE_DAYS

State = states.Commitment


class PublicWord(StrEnum):
    """How a promise goes. Until its date is two weeks over, a late one runs."""

    RUNNING = auto()
    NEW_DATE = auto()
    WAITS_FOR_DATE = auto()
    DONE = auto()
    STOPPED = auto()

    @property
    def has_day(self) -> bool:
        """Whether there is a day to wait for."""
        return self in (PublicWord.RUNNING, PublicWord.NEW_DATE)


def public_word(
    state: str, due: date, replans: int, today: date, *, was_accepted: bool
) -> PublicWord | None:
    """None for what is not for everybody."""
    if state in (State.DELIVERED, State.CONFIRMED):
        return PublicWord.DONE
    if state == State.DISPUTED:
        return PublicWord.RUNNING
    if state == State.ENDED and was_accepted:
        return PublicWord.STOPPED
    if state != State.ACCEPTED:
        return None
    if today - due > timedelta(days=NEW_DATE_DAYS):
        return PublicWord.WAITS_FOR_DATE
    return PublicWord.NEW_DATE if replans else PublicWord.RUNNING

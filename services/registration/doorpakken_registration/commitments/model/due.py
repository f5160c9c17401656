"""The days of a commitment in Amsterdam: what its one timer says when, and the marks that follow
from the clock and are never stored."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum, auto
from zoneinfo import ZoneInfo

from doorpakken_registration.commitments.model.commitment import Commitment, State, Told
from doorpakken_registration.common.model.dates import at

HERE = ZoneInfo("Europe/Amsterdam")
SAID_AT = time(9)
ANSWER_DAYS = 19
NEW_DATE_DAYS = 14
CONFIRM_DAYS = 21
# A promise for a day as near as this is not announced a week before.
SHORT_DAYS = 10

# What is said how many days after the day of asking, the due day or the day of delivery.
_ASKED = (("asked_again_5", 5), ("asked_again_12", 12), ("no_answer", ANSWER_DAYS))
_PROMISED = (
    ("week_before", -7),
    ("day_before", -1),
    ("past_1", 1),
    ("past_7", 7),
    ("past_14", NEW_DATE_DAYS),
)
_DELIVERED = (("confirm_again", 7), ("not_confirmed", CONFIRM_DAYS))
# Said as a day that passed; the others ask for something.
PASSED = ("no_answer", "past_1", "past_7", "past_14", "not_confirmed")


class Mark(StrEnum):
    """What a reader sees beside a commitment."""

    NO_ANSWER = auto()
    PAST_DATE = auto()
    WAITS_FOR_DATE = auto()
    NOT_CONFIRMED = auto()
    NO_OWNER = auto()


@dataclass(frozen=True)
class Moment:
    """What the timer says, about which day, and when."""

    what: str
    due: date
    at: datetime


def today(now: datetime) -> date:
    return now.astimezone(HERE).date()


def at_nine(day: date) -> datetime:
    return at(day, SAID_AT)


def moments(commitment: Commitment) -> list[Moment]:
    """All of its state, in order, also those that are over."""
    return sorted(_moments(commitment), key=lambda one: one.at)


def untold(commitment: Commitment, now: datetime) -> Moment | None:
    """The newest that is true now, unless it or a later one was told for this day: then the clock
    was moved back."""
    return newest_untold(moments(commitment), commitment.told, now)


def newest_untold(moments: Iterable[Moment], told: Iterable[Told], now: datetime) -> Moment | None:
    """Of moments in order."""
    known = {(one.what, one.due) for one in told}
    for one in reversed([*moments]):
        if (one.what, one.due) in known:
            return None
        if one.at <= now:
            return one
    return None


def next_at(commitment: Commitment, now: datetime) -> datetime | None:
    return next((one.at for one in moments(commitment) if one.at > now), None)


def marks(commitment: Commitment, now: datetime) -> set[Mark]:
    found = {Mark.NO_OWNER} if commitment.is_open and commitment.is_without_owner else set()
    day, state = today(now), commitment.state
    if state is State.PROPOSED and _days_since(commitment.asked_at, day) > ANSWER_DAYS:
        found.add(Mark.NO_ANSWER)
    if state is State.ACCEPTED and day > commitment.due:
        found.add(Mark.PAST_DATE)
        if (day - commitment.due).days > NEW_DATE_DAYS:
            found.add(Mark.WAITS_FOR_DATE)
    done_at = commitment.delivered_at if state is State.DELIVERED else None
    if done_at and _days_since(done_at, day) > CONFIRM_DAYS:
        found.add(Mark.NOT_CONFIRMED)
    return found


def _moments(commitment: Commitment) -> Iterator[Moment]:
    state = commitment.state
    if state is State.PROPOSED:
        yield from after(today(commitment.asked_at), _ASKED)
    if state is State.CONSULTING and commitment.consult_until:
        yield from after(commitment.consult_until, (("consult", 0),))
    if state is State.ACCEPTED:
        is_short = (commitment.due - today(commitment.planned_at)).days < SHORT_DAYS
        yield from after(commitment.due, _PROMISED[1:] if is_short else _PROMISED)
    if state is State.DELIVERED and commitment.delivered_at:
        yield from after(today(commitment.delivered_at), _DELIVERED)


def after(day: date, said: tuple[tuple[str, int], ...]) -> Iterator[Moment]:
    """What is said so many days after a day, in order of `said`."""
    for what, days in said:
        yield Moment(what, day, at_nine(day + timedelta(days=days)))


def _days_since(moment: datetime, day: date) -> int:
    return (day - today(moment)).days

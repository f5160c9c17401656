"""How long an offered place is kept. An offer ends during the day, and never after the start of the
gathering or session."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

LOCAL = ZoneInfo("Europe/Amsterdam")
LAST_DAYS = timedelta(hours=72)
OFFER = timedelta(hours=48)
LATE_OFFER = timedelta(hours=12)
EARLIEST, LATEST = time(9), time(20)


def offer_until(now: datetime, starts_at: datetime) -> datetime:
    """48 hours, or 12 in the last 72 before the start; moved to between 09.00 and 20.00 in
    Amsterdam, and not after the start."""
    length = OFFER if starts_at - now > LAST_DAYS else LATE_OFFER
    return min(_by_day(now + length), starts_at)


def _by_day(moment: datetime) -> datetime:
    here = moment.astimezone(LOCAL)
    if EARLIEST <= here.time() <= LATEST:
        return moment
    day = here.date() + timedelta(days=here.time() > LATEST)
    return datetime.combine(day, EARLIEST, LOCAL).astimezone(moment.tzinfo)

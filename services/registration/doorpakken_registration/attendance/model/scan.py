"""A scan of somebody's code at the door, which may arrive long after it was made."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from uuid import NAMESPACE_URL, uuid5

from doorpakken_registration.gatherings.model.gathering import LOCAL

# A phone whose clock differs less than this from ours is taken at its word.
CLOCKS_DIFFER = timedelta(minutes=1)


@dataclass(frozen=True)
class CodeRead:
    """A code that a phone read, at a moment by our clock; `id` is that of its scan."""

    id: str
    at: datetime


@dataclass(frozen=True)
class Scan:
    """`is_first` if it is what checked them in."""

    id: str
    gathering_id: str
    attendee_id: str
    person_id: str
    scanned_at: datetime
    received_at: datetime
    is_first: bool


def scan_id(attendee_id: str, phone_time: datetime) -> str:
    """The same for a scan that is sent again; `phone_time` is what the phone's clock said."""
    return str(uuid5(NAMESPACE_URL, f"doorpakken:scan:{attendee_id}:{phone_time.isoformat()}"))


def by_our_clock(phone_time: datetime, sent_at: datetime, now: datetime) -> datetime:
    """`sent_at` is what the phone's clock said when it sent the scan, which arrived at `now`."""
    ahead = sent_at - now
    return phone_time if abs(ahead) < CLOCKS_DIFFER else phone_time - ahead


def at_the_door(moment: datetime, starts_at: datetime, now: datetime) -> datetime:
    """Not before the gathering's day in Amsterdam, and not in the future."""
    midnight = datetime.combine(starts_at.astimezone(LOCAL).date(), time.min, LOCAL)
    return min(max(moment, midnight.astimezone(moment.tzinfo)), now)

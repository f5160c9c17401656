"""Takes the scans of a phone, each decided in the gathering's lane. A code that nobody has, or that
two people have, is answered and not kept."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from doorpakken_plumbing.identity.links import LinkKeys
from doorpakken_plumbing.messaging.lanes import Lanes
from doorpakken_plumbing.mongo.database import Documents
from doorpakken_plumbing.time import clock

from doorpakken_registration.attendance import door
from doorpakken_registration.attendance.check_in import Act, Cancelled, Change, decide
from doorpakken_registration.attendance.door import Expected
from doorpakken_registration.attendance.model.scan import CodeRead, by_our_clock, scan_id
from doorpakken_registration.gatherings import attendees

Result = Literal["checked_in", "already_inside", "cancelled", "unknown", "ambiguous"]


@dataclass(frozen=True)
class Scanned:
    """A code, and when the phone's own clock says that it read it."""

    code: str
    phone_time: datetime


@dataclass(frozen=True)
class Outcome:
    """What came of a scan; `who` unless nobody, or more than one, has this code."""

    scanned: Scanned
    result: Result
    who: Expected | None = None


@dataclass(frozen=True)
class Door:
    """One gathering's door, as one request finds it."""

    gathering_id: str
    documents: Documents
    lanes: Lanes
    keys: LinkKeys
    staff_id: str

    async def take(self, scans: Sequence[Scanned], sent_at: datetime) -> list[Outcome]:
        """In the same order. A scan that is sent again is answered as the first time."""
        typed = [one.code for one in scans]
        codes = await door.by_code(self.documents, self.keys, self.gathering_id, typed)
        now = clock.now()

        async def outcome_of(scanned: Scanned) -> Outcome:
            found = codes.get(scanned.code, [])
            if len(found) != 1:
                return Outcome(scanned, "ambiguous" if found else "unknown")
            who = found[0]
            read_at = by_our_clock(scanned.phone_time, sent_at, now)
            read = CodeRead(scan_id(who.attendee_id, scanned.phone_time), read_at)
            return Outcome(scanned, await self._decide(who, read), who)

        return await asyncio.gather(*map(outcome_of, scans))

    async def _decide(self, who: Expected, read: CodeRead) -> Result:
        asked = Change(
            self.gathering_id, who.attendee_id, Act.CHECK_IN, scan=read, staff_id=self.staff_id
        )
        try:
            answer = await self.lanes.submit(attendees.lane_of(self.gathering_id), asked, decide)
        except Cancelled:
            return "cancelled"
        return "checked_in" if answer.body["is_first"] else "already_inside"

"""The timer of a session that is over: asks what came of it until that is said, and lets the names
of who else was there go. A gathering that was cancelled is asked nothing."""

from datetime import date

from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.time import clock
from doorpakken_plumbing.time.timers import Timer, set_timer

from doorpakken_registration.commitments.model import due
from doorpakken_registration.commitments.model.commitment import Told
from doorpakken_registration.gatherings.store import gatherings as gatherings_store
from doorpakken_registration.outcomes import outcomes
from doorpakken_registration.outcomes.model import asking
from doorpakken_registration.outcomes.model.outcome import Outcome
from doorpakken_registration.seats import sessions
from doorpakken_registration.seats.model.session import Session
from doorpakken_registration.seats.store import sessions as sessions_store


def day_of(session: Session) -> date:
    """On which it ends, in Amsterdam."""
    return due.today(session.ends_at)


async def look_back(tx: Transaction, timer: Timer) -> None:
    session = await sessions_store.find_session(tx, timer.data["session_id"])
    if session is None or session.is_cancelled:
        return
    gathering = await gatherings_store.find_gathering(tx, session.gathering_id)
    if gathering is None or gathering.is_cancelled:
        return
    day, now = day_of(session), clock.now()
    before = await outcomes.find(tx, session)
    after = _asked(before, day)
    if now >= asking.names_go_at(day):
        after = after.without_names()
    await outcomes.put(tx, before, after)
    next_at = asking.next_at(day, now, is_done=after.is_done)
    if next_at:
        await set_timer(tx, timer.key, timer.kind, next_at, timer.data)


def _asked(outcome: Outcome, day: date) -> Outcome:
    """Says the newest that is true now and was not said about this day."""
    now = clock.now()
    moment = None if outcome.is_done else asking.untold(day, outcome.told, now)
    return outcome.asked(Told(moment.what, moment.due, now)) if moment else outcome


TIMERS = {sessions.OVER: look_back}

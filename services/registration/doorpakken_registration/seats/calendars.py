"""Calendars of people: what they signed up for and lead."""

from doorpakken_plumbing.messaging.transaction import Transaction

from doorpakken_registration.seats.model.sign_up import Calendar
from doorpakken_registration.seats.store import sign_ups as store


async def give(tx: Transaction, gone: str, stays: str) -> None:
    found = {one.person_id: one for one in await store.list_calendars(tx, (gone, stays))}
    theirs = found.get(gone)
    if theirs and (theirs.entries or theirs.led):
        own = found.get(stays, Calendar(stays))
        await store.put_calendars(tx, [own.joined_by(theirs)])
    await store.remove_calendar(tx, gone)

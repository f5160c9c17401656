"""The life cycle of gatherings, from a draft until registration closes. A cancelled gathering
cannot be changed; periods that end before they begin are refused."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from doorpakken_events import states
from doorpakken_events.catalogue import event_of_move
from doorpakken_events.registration import GatheringState, Venue
from doorpakken_plumbing.http.errors import Conflict, Invalid, NotFound
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import Documents
from doorpakken_plumbing.time import clock
from doorpakken_plumbing.time.timers import Timer, cancel_timer, set_timer

from doorpakken_registration.gatherings.model.gathering import PARTICULARS_KEPT_AFTER, Gathering
from doorpakken_registration.gatherings.store import gatherings as store

CLOSES = "gathering-closes"
PARTICULARS_GO = "particulars-go"
PLACES_FREE = "places-free"
NEWS = "new-gathering"


class GatheringIsOver(Conflict):
    """It was cancelled; nothing about it changes any more."""

    slug = "gathering-cancelled"
    dutch = "Deze bijeenkomst gaat niet door."


class AlreadyPublished(Conflict):
    """It was published before."""

    slug = "already-published"
    dutch = "Deze bijeenkomst staat al online."


class NotOpen(Conflict):
    """It does not take sign-ups (yet, or any more)."""

    slug = "registration-closed"
    dutch = "Aanmelden kan nu niet. Kijk naar de datum van de bijeenkomst."


async def get(documents: Documents, gathering_id: str) -> Gathering:
    found = await store.find_gathering(documents, gathering_id)
    if found is None:
        raise NotFound("There is no gathering with this id.")
    return found


async def get_public(documents: Documents, gathering_id: str) -> Gathering:
    """Raises NotFound, also for a gathering that was never published."""
    found = await get(documents, gathering_id)
    if found.version == 0:
        raise NotFound("There is no gathering with this id.")
    return found


def as_announced(gathering: Gathering) -> Gathering:
    """Without the number of taken places, so that a sign-up does not change the ETag."""
    return replace(gathering, taken=0)


async def create(tx: Transaction, fields: Mapping[str, Any]) -> Gathering:
    gathering = Gathering(id=tx.new_id(), version=0, **fields)
    _check(gathering)
    await store.add_gathering(tx, gathering)
    return gathering


async def change(tx: Transaction, gathering_id: str, fields: Mapping[str, Any]) -> Gathering:
    """A later closing time reopens a closed gathering; a changed draft is not published. Raises
    NotFound, GatheringIsOver or Invalid."""
    before = await get(tx, gathering_id)
    _require_alive(before)
    after = replace(before, **fields)
    if (after.capacity, after.starts_at) != (before.capacity, before.starts_at):
        await places_came_free(tx, gathering_id)
    _check(after)
    if after.state is states.Gathering.CLOSED:
        reopened = after.to(states.Gathering.PUBLISHED)
        after = reopened if reopened.is_open(clock.now()) else after
    return before if after == before else await _put(tx, before, after)


async def publish(tx: Transaction, gathering_id: str) -> Gathering:
    """Raises NotFound, GatheringIsOver or AlreadyPublished."""
    gathering = await get(tx, gathering_id)
    _require_alive(gathering)
    if gathering.state is not states.Gathering.DRAFT:
        raise AlreadyPublished("This gathering is published already.")
    await _announce(tx, gathering_id)
    await places_came_free(tx, gathering_id)
    return await _put(tx, gathering, gathering.to(states.Gathering.PUBLISHED))


async def cancel(tx: Transaction, gathering_id: str, reason: str | None) -> Gathering:
    """Does not change its attendees. Raises NotFound or GatheringIsOver."""
    gathering = await get(tx, gathering_id)
    _require_alive(gathering)
    cancelled = replace(gathering.to(states.Gathering.CANCELLED), reason=reason)
    return await _put(tx, gathering, cancelled)


async def close(tx: Transaction, timer: Timer) -> None:
    gathering = await store.find_gathering(tx, timer.data["gathering_id"])
    if gathering is None or gathering.state is not states.Gathering.PUBLISHED:
        return
    await _put(tx, gathering, gathering.to(states.Gathering.CLOSED))


async def places_came_free(tx: Transaction, gathering_id: str) -> None:
    """Sets the timer by which `places` offers free places to the waitlist."""
    about = {"gathering_id": gathering_id}
    await set_timer(tx, f"{PLACES_FREE}/{gathering_id}", PLACES_FREE, clock.now(), about)


async def _announce(tx: Transaction, gathering_id: str) -> None:
    """Sets the timer by which `following` mails the followers."""
    about = {"gathering_id": gathering_id, "after": ""}
    await set_timer(tx, f"{NEWS}/{gathering_id}", NEWS, clock.now(), about)


async def _put(tx: Transaction, before: Gathering, after: Gathering) -> Gathering:
    if states.told_on(before.state, after.state) != states.UNTOLD:
        after = replace(after, version=after.version + 1)
        tx.publish(_event(before, after), after.version)
    await store.put_gathering(tx, after)
    await _set_closing(tx, after)
    goes_at = after.ends_at + PARTICULARS_KEPT_AFTER
    data = {"gathering_id": after.id}
    await set_timer(tx, f"{PARTICULARS_GO}/{after.id}", PARTICULARS_GO, goes_at, data)
    return after


async def _set_closing(tx: Transaction, gathering: Gathering) -> None:
    key = f"{CLOSES}/{gathering.id}"
    if gathering.state is states.Gathering.PUBLISHED and gathering.registration_closes_at:
        data = {"gathering_id": gathering.id}
        await set_timer(tx, key, CLOSES, gathering.registration_closes_at, data)
    else:
        await cancel_timer(tx, key)


def _require_alive(gathering: Gathering) -> None:
    if gathering.is_cancelled:
        raise GatheringIsOver("This gathering was cancelled. Make a new one.")


def _check(gathering: Gathering) -> None:
    if wrong := gathering.wrong_windows():
        errors = [{"field": field, "message": message} for field, message in wrong.items()]
        raise Invalid("Some times do not fit each other; each is listed in errors.", errors=errors)


def _event(before: Gathering, gathering: Gathering) -> GatheringState:
    kind = event_of_move(GatheringState, before.state, gathering.state)
    return kind(
        gathering_id=gathering.id,
        title=gathering.title,
        ambition=gathering.ambition,
        starts_at=gathering.starts_at,
        ends_at=gathering.ends_at,
        venue=Venue(name=gathering.venue_name, address=gathering.venue_address),
        capacity=gathering.capacity,
        registration_opens_at=gathering.registration_opens_at,
        registration_closes_at=gathering.registration_closes_at,
        follow_up_from=gathering.follow_up_from,
        follow_up_until=gathering.follow_up_until,
        state=gathering.state,
        reason=gathering.reason,
    )


TIMERS = {CLOSES: close}

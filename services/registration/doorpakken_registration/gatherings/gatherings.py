"""The life cycle of gatherings, from a draft until registration closes. A cancelled gathering
cannot be changed; periods that end before they begin are refused."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from doorpakken_events import moves, states
from doorpakken_plumbing.http.errors import Conflict, Invalid, NotFound
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import Documents
from doorpakken_plumbing.service import Service
from doorpakken_plumbing.time import clock
from doorpakken_plumbing.time.timers import Timer, cancel_timer, set_timer

from doorpakken_registration.gatherings.gathering_events import event_of
from doorpakken_registration.gatherings.model.gathering import PARTICULARS_KEPT_AFTER, Gathering
from doorpakken_registration.gatherings.store import gatherings as store
from doorpakken_registration.gatherings.store import themes as themes_store

CLOSES = "gathering-closes"
ENDS = "gathering-ends"
PARTICULARS_GO = "particulars-go"
PLACES_FREE = "places-free"
NEWS = "new-gathering"
UPCOMING = (states.Gathering.PUBLISHED, states.Gathering.CLOSED)


class GatheringIsOver(Conflict):
    """It was cancelled; nothing about it changes any more."""

    slug = "gathering-cancelled"
    dutch = "Deze bijeenkomst gaat niet door."


class AlreadyPublished(Conflict):
    """It was published before."""

    slug = "already-published"
    dutch = "Deze bijeenkomst staat al online."


class AlreadyHeld(Conflict):
    """It took place."""

    slug = "gathering-took-place"
    dutch = "Deze bijeenkomst is al geweest."


class NotPublished(Conflict):
    """Nobody can sign up for it, so there is nothing to close."""

    slug = "not-published"
    dutch = "Deze bijeenkomst staat nog niet online."


class UnknownTheme(Invalid):
    """It is not in the list that staff keep."""

    slug = "unknown-theme"
    dutch = "Kies een thema uit de lijst."


class NothingToContinue(Invalid):
    """The gathering that it would follow is not known."""

    slug = "unknown-gathering"
    dutch = "Kies een bijeenkomst die er is."


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
    check(gathering)
    await _check_links(tx, None, gathering)
    await store.add_gathering(tx, gathering)
    return gathering


async def change(
    tx: Transaction, gathering_id: str, fields: Mapping[str, Any], *, reason: str | None = None
) -> Gathering:
    """A later closing time reopens a closed gathering, a later end one that took place; a changed
    draft is not published. `reason` is why it is moved. Raises NotFound, GatheringIsOver or
    Invalid."""
    before = await get(tx, gathering_id)
    _require_alive(before)
    after = replace(before, **fields)
    await _check_links(tx, before, after)
    if before.version and after.is_moved_from(before):
        after = after.moved(before, clock.now(), reason)
    if (after.capacity, after.starts_at) != (before.capacity, before.starts_at):
        await places_came_free(tx, gathering_id)
    check(after)
    if after.state is states.Gathering.CLOSED:
        reopened = after.to(states.Gathering.PUBLISHED)
        after = reopened if reopened.is_open(clock.now()) else after
    if after.state is states.Gathering.TOOK_PLACE and clock.now() < after.ends_at:
        after = after.to(states.Gathering.PUBLISHED)
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
    """Does not change its attendees. Raises NotFound, GatheringIsOver or AlreadyHeld."""
    gathering = await get(tx, gathering_id)
    _require_alive(gathering)
    if gathering.state is states.Gathering.TOOK_PLACE:
        raise AlreadyHeld("This gathering took place, so it cannot be cancelled.")
    cancelled = replace(gathering.to(states.Gathering.CANCELLED), reason=reason)
    return await _put(tx, gathering, cancelled)


async def close_now(tx: Transaction, gathering_id: str) -> Gathering:
    """Ends sign-up by the public; idempotent. Raises NotFound, GatheringIsOver, AlreadyHeld or
    NotPublished."""
    gathering = await get(tx, gathering_id)
    _require_alive(gathering)
    if gathering.state is states.Gathering.TOOK_PLACE:
        raise AlreadyHeld("This gathering took place, so nobody can sign up any more.")
    if gathering.state is states.Gathering.DRAFT:
        raise NotPublished("This gathering is a draft. Publish it first.")
    if gathering.state is states.Gathering.CLOSED:
        return gathering
    closed = replace(gathering, registration_closes_at=clock.now())
    if closed.wrong_windows():
        # It was to open later.
        closed = replace(closed, registration_opens_at=None)
    return await _put(tx, gathering, closed.to(states.Gathering.CLOSED))


async def end(tx: Transaction, timer: Timer) -> None:
    gathering = await store.find_gathering(tx, timer.data["gathering_id"])
    if gathering is None or gathering.state not in UPCOMING:
        return
    await _put(tx, gathering, gathering.to(states.Gathering.TOOK_PLACE))


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
    if moves.told_on(before.state, after.state) != moves.UNTOLD:
        after = replace(after, version=after.version + 1)
        tx.publish(event_of(before, after), after.version)
    await store.put_gathering(tx, after)
    await _set_closing(tx, after)
    await set_end(tx, after)
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


async def begin(service: Service) -> None:
    """Sets the end of gatherings that were published by a version without it."""
    found = await store.list_in_states(service.mongo, UPCOMING)

    async def set_ends(tx: Transaction) -> None:
        for one in found:
            await set_end(tx, one)

    if found:
        await service.transact(set_ends)


async def set_end(tx: Transaction, gathering: Gathering) -> None:
    """Sets the timer by which it becomes one that took place."""
    key = f"{ENDS}/{gathering.id}"
    if gathering.state in UPCOMING:
        await set_timer(tx, key, ENDS, gathering.ends_at, {"gathering_id": gathering.id})
    else:
        await cancel_timer(tx, key)


async def _check_links(tx: Transaction, before: Gathering | None, after: Gathering) -> None:
    """Raises UnknownTheme or NothingToContinue; what it has already stays allowed."""
    is_new_theme = after.theme and (before is None or after.theme != before.theme)
    if is_new_theme and not await themes_store.has_theme(tx, after.theme or ""):
        raise UnknownTheme("Choose a theme of the list.", errors=[_wrong("theme")])
    earlier_one = after.continues
    if not earlier_one or (before and earlier_one == before.continues):
        return
    if earlier_one == after.id or not await store.find_gathering(tx, earlier_one):
        message = "There is no gathering with this id."
        raise NothingToContinue(message, errors=[_wrong("continues")])


def _wrong(field: str) -> dict[str, str]:
    return {"field": field, "message": "This is not known here."}


def _require_alive(gathering: Gathering) -> None:
    if gathering.is_cancelled:
        raise GatheringIsOver("This gathering was cancelled. Make a new one.")


def check(gathering: Gathering) -> None:
    """Raises Invalid for periods that do not fit each other."""
    if wrong := gathering.wrong_windows():
        errors = [{"field": field, "message": message} for field, message in wrong.items()]
        raise Invalid("Some times do not fit each other; each is listed in errors.", errors=errors)


TIMERS = {CLOSES: close, ENDS: end}

"""Mail about new gatherings, for people who asked for it and confirmed their address, until they
stop. Sign-up calls `follow` with `is_confirmed`, since its own mail goes to that address too.
Nobody is mailed twice about one gathering."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import NAMESPACE_URL, uuid5

from doorpakken_events import states
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import Documents
from doorpakken_plumbing.time import clock
from doorpakken_plumbing.time.timers import Timer, cancel_timer, set_timer

from doorpakken_registration.common.store import taking
from doorpakken_registration.following.model.follower import Follower, FollowStep, State
from doorpakken_registration.following.store import followers as store
from doorpakken_registration.gatherings.gatherings import NEWS
from doorpakken_registration.gatherings.store import gatherings as gatherings_store
from doorpakken_registration.people import mail_requests, persons
from doorpakken_registration.people.links import LinkRequests
from doorpakken_registration.people.model.person import Introduction
from doorpakken_registration.people.persons import People
from doorpakken_registration.people.store import persons as persons_store

LAPSES = "follow-lapses"
LAPSES_AFTER = timedelta(days=30)
MAILED_AT_ONCE = 50
# How often the opening of sign-up is read again, since it may be moved.
LOOKS_AGAIN_AFTER = timedelta(days=1)


async def get(documents: Documents, person_id: str) -> Follower | None:
    return await store.find_follower(documents, person_id)


async def ask(tx: Transaction, who: Introduction, words: str, per_hour: int) -> None:
    """`words` is the text they agreed to. Known or not, they get a mail to confirm the address."""
    people = await People.meet(tx, [who])
    person = people.find_or_make(who)
    await people.save()
    await follow(tx, person.id, words)
    links = await LinkRequests.of(tx, people.known_ids)
    links.request(person.id, "follow", None, per_hour=per_hour)
    await links.save()


async def follow(
    tx: Transaction, person_id: str, words: str, *, is_confirmed: bool = False
) -> Follower:
    """Does nothing for one who follows already. Raises NotFound."""
    await persons.hold(tx, person_id)
    known = await store.find_follower(tx, person_id)
    if known and known.is_following:
        return known
    now, state = clock.now(), _state(is_confirmed)
    made = (
        known.stepped(now, state, words)
        if known
        else Follower(person_id, state, (FollowStep(now, state, words),))
    )
    await store.put_followers(tx, [made])
    if made.is_following:
        await cancel_timer(tx, _lapse_key(person_id))
    else:
        await lapse_later(tx, person_id)
    return made


async def lapse_later(tx: Transaction, person_id: str) -> None:
    lapses_at = clock.now() + LAPSES_AFTER
    await set_timer(tx, _lapse_key(person_id), LAPSES, lapses_at, {"person_id": person_id})


async def unfollow(tx: Transaction, person_id: str) -> None:
    known = await store.find_follower(tx, person_id)
    if known:
        await store.put_followers(tx, [known.stepped(clock.now(), "stopped")])
        await cancel_timer(tx, _lapse_key(person_id))


async def mail_some(tx: Transaction, timer: Timer) -> None:
    """Requests mails to the next MAILED_AT_ONCE followers once the gathering is open, and sets the
    timer again for the rest."""
    gathering_id = timer.data["gathering_id"]
    gathering = await gatherings_store.find_gathering(tx, gathering_id)
    if gathering is None or gathering.state is not states.Gathering.PUBLISHED:
        return
    now, opens_at = clock.now(), gathering.registration_opens_at
    if opens_at and now < opens_at:
        again_at = min(opens_at, now + LOOKS_AGAIN_AFTER)
        await set_timer(tx, timer.key, NEWS, again_at, timer.data)
        return
    ids = await store.list_following(tx, timer.data["after"], MAILED_AT_ONCE)
    for person in await persons_store.list_persons(tx, ids):
        if person.email:
            await _mail(tx, person.id, gathering_id)
    if len(ids) == MAILED_AT_ONCE:
        await set_timer(tx, timer.key, NEWS, timer.due, timer.data | {"after": ids[-1]})


async def _mail(tx: Transaction, person_id: str, gathering_id: str) -> None:
    # An id derived from both, so that there is at most one request.
    request_id = str(uuid5(NAMESPACE_URL, f"doorpakken:{NEWS}:{gathering_id}:{person_id}"))
    await mail_requests.request(
        tx,
        person_id,
        "new_gathering",
        gathering_id,
        gathering_id=gathering_id,
        mail_request_id=request_id,
    )


async def give(tx: Transaction, gone: str, stays: str) -> None:
    """Merges what two people who are one asked for; an unconfirmed request of `gone` is dropped."""
    theirs = await store.find_follower(tx, gone)
    if theirs is None:
        return
    own = await store.find_follower(tx, stays)
    await forget(tx, gone, ())
    if own:
        await store.put_followers(tx, [own.joined_by(theirs)])
    elif not theirs.is_asked:
        await store.put_followers(tx, [theirs.of(stays)])


async def forget(tx: Transaction, person_id: str, attendee_ids: Sequence[str]) -> int:
    await cancel_timer(tx, _lapse_key(person_id))
    return len(await taking.take(tx, "followers", "_id", [person_id]))


def _state(is_confirmed: bool) -> State:
    return "confirmed" if is_confirmed else "asked"


def _lapse_key(person_id: str) -> str:
    return f"{LAPSES}/{person_id}"


TIMERS = {NEWS: mail_some}

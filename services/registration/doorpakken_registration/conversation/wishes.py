"""Wishes: up to three accepted pitches an attendee wants to work on; the last statement counts.
Refuses pitches that were not accepted at that gathering, and people who do not take part in it."""

from doorpakken_events.registration import WishesStated
from doorpakken_plumbing.http.errors import Conflict, Invalid
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import Documents
from doorpakken_plumbing.time import clock

from doorpakken_registration.conversation.model.wishes import Wishes, check_ranked
from doorpakken_registration.conversation.store import wishes as store
from doorpakken_registration.gatherings import attendees
from doorpakken_registration.gatherings.model.attendee import Attendee
from doorpakken_registration.people import persons
from doorpakken_registration.pitches.model.pitch import Pitch
from doorpakken_registration.pitches.store import pitches as pitches_store


class NotTakingPart(Conflict):
    """They cancelled, or have no place at the gathering."""

    slug = "not-taking-part"
    dutch = "Dit kan alleen wie meedoet aan de bijeenkomst."


class NotOneOfThePitches(Invalid):
    """Not three different accepted pitches of this gathering."""

    slug = "not-one-of-the-pitches"
    dutch = "Kies verschillende plannen uit de lijst."


async def say(tx: Transaction, attendee_id: str, pitch_ids: tuple[str, ...]) -> Wishes:
    """Replaces the attendee's wishes; an empty tuple withdraws them. The same wishes again publish
    nothing. Raises NotFound, NotTakingPart or NotOneOfThePitches."""
    attendee = await attendees.get(tx, attendee_id)
    await persons.hold(tx, attendee.person_id)
    if not attendee.has_place:
        raise NotTakingPart("Only who takes part in the gathering can have wishes.")
    await check(tx, attendee.gathering_id, pitch_ids)
    before = await of(tx, attendee)
    if before.pitch_ids == pitch_ids:
        return before
    now = before.changed(pitch_ids, clock.now())
    await store.put_wishes(tx, now)
    tx.publish(_event(now), now.version)
    return now


async def of(documents: Documents, attendee: Attendee) -> Wishes:
    """Version 0 without pitches if the attendee never stated any."""
    found = await store.find_wishes(documents, attendee.id)
    return found or Wishes(attendee.id, 0, attendee.gathering_id, (), clock.now())


async def list_choices(documents: Documents, gathering_id: str) -> list[tuple[int, Pitch]]:
    """The accepted pitches, numbered in order of submission. Pitches in other states count in the
    numbering, so that printed cards stay valid when one of them is accepted late."""
    found = await pitches_store.list_pitches(documents, gathering_id)
    numbered = enumerate(found, start=1)
    return [(number, pitch) for number, pitch in numbered if pitch.is_accepted]


async def check(documents: Documents, gathering_id: str, pitch_ids: tuple[str, ...]) -> None:
    """Raises NotOneOfThePitches for too many, duplicate or not accepted pitches."""
    try:
        check_ranked(pitch_ids)
    except ValueError as wrong:
        raise NotOneOfThePitches(f"{wrong}.".capitalize()) from None
    choices = {pitch.id for _, pitch in await list_choices(documents, gathering_id)}
    if not choices.issuperset(pitch_ids):
        raise NotOneOfThePitches("Choose from the accepted pitches of this gathering.")


def _event(wishes: Wishes) -> WishesStated:
    return WishesStated(
        attendee_id=wishes.id,
        gathering_id=wishes.gathering_id,
        pitch_ids=wishes.pitch_ids,
        stated_at=wishes.stated_at,
    )

"""Pitches with their needs: submitted, changed and withdrawn by their pitchers. Rejects public
pitches outside the window, changes after the review or by others, and removal of a need that has
offers or promises. `by` is the visitor who acts, None for staff; an unknown id raises NotFound."""

from collections.abc import Sequence
from dataclasses import dataclass

from doorpakken_events import states
from doorpakken_events.registration import PitchState
from doorpakken_plumbing.http.errors import Conflict, Forbidden, Invalid, NotFound
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import Documents
from doorpakken_plumbing.time import clock
from doorpakken_plumbing.time.timers import set_timer

from doorpakken_registration.gatherings import gatherings
from doorpakken_registration.organisations.organisations import Organisations
from doorpakken_registration.people import persons
from doorpakken_registration.people.links import LinkRequests
from doorpakken_registration.people.model.person import Introduction
from doorpakken_registration.people.persons import People
from doorpakken_registration.pitches import co_pitchers, pitch_claims
from doorpakken_registration.pitches.model.pitch import Need, Pitch, Wanted
from doorpakken_registration.pitches.model.submission import Submission
from doorpakken_registration.pitches.pitch_event import event_of
from doorpakken_registration.pitches.store import offers as offers_store
from doorpakken_registration.pitches.store import pitches as store
from doorpakken_registration.pitches.store import shares as shares_store

PITCHER_KIND = "local_entrepreneur"
WITHDRAWN = "pitch-withdrawn"
NO_SUCH = "There is no pitch with this id."


class PitchingClosed(Conflict):
    """The gathering takes no plans from the public (yet, or any more)."""

    slug = "pitching-closed"
    dutch = "Plannen insturen kan nu niet."


class AlreadyReviewed(Conflict):
    """It was accepted or declined before."""

    slug = "already-reviewed"
    dutch = "Wij lazen uw plan al. Vraag ons om het te veranderen."


class PitchIsOver(Conflict):
    """It was declined or withdrawn."""

    slug = "pitch-not-open"
    dutch = "Dit plan doet niet meer mee."


class NeedHasOffers(Conflict):
    """Somebody offered or promised something toward it: it stays, in its unit; `need_ids` names
    them."""

    slug = "need-has-offers"
    dutch = "Iemand bood hier al iets voor aan. Laat deze behoefte staan."


class NeedClosed(Conflict):
    """It takes no promises and no offers any more; `reason` says why."""

    slug = "need-closed"
    dutch = "Deze behoefte is gesloten. Kijk wat er nog nodig is."


class UnknownNeed(Invalid):
    """This pitch has no such need, or names it twice."""

    slug = "not-a-need-of-this-pitch"
    dutch = "Dit plan is intussen veranderd. Open de pagina opnieuw."


class NotYourPitch(Forbidden):
    """Others pitch it."""

    slug = "not-your-pitch"
    dutch = "Dit plan is van iemand anders."


@dataclass(frozen=True)
class Change:
    """The new content of a pitch; a need with an id stays the same need."""

    kind: str
    title: str
    summary: str
    needs: tuple[tuple[str | None, Wanted], ...]


async def get(documents: Documents, pitch_id: str) -> Pitch:
    found = await store.find_pitch(documents, pitch_id)
    if found is None:
        raise NotFound(NO_SUCH)
    return found


async def hold(tx: Transaction, pitch_id: str) -> Pitch:
    found = await store.hold_pitch(tx, pitch_id)
    if found is None:
        raise NotFound(NO_SUCH)
    return found


async def hold_open(tx: Transaction, pitch_id: str) -> Pitch:
    """Raises PitchIsOver for a declined or withdrawn pitch."""
    found = await hold(tx, pitch_id)
    if not found.is_open:
        raise PitchIsOver("This pitch was declined or withdrawn. Choose another one.")
    return found


def require_takes_help(need: Need) -> None:
    """Raises NeedClosed."""
    if need.is_closed:
        raise NeedClosed("This need was closed. Choose another one.", reason=need.closed_reason)


async def submit(tx: Transaction, asked: Submission) -> Pitch | None:
    """None if it waits for the known person in whose name it was submitted. Raises NotOpen or
    PitchingClosed."""
    gathering = await gatherings.get_public(tx, asked.gathering_id)
    if not gathering.takes_people:
        raise gatherings.NotOpen("Nobody can pitch at this gathering now.")
    if not asked.by_staff and not gathering.takes_pitches(clock.now()):
        raise PitchingClosed("This gathering takes no plans now.")
    people = await People.meet(tx, asked.introduced)
    who = people.find(asked.who) if isinstance(asked.who, Introduction) else None
    if who is None or asked.speaks_for(who):
        return await hand_in(tx, asked, people)
    if not await _told_before(tx, asked, who.id):
        await pitch_claims.wait_for_pitcher(tx, asked, who)
    return None


async def hand_in(tx: Transaction, asked: Submission, people: People | None = None) -> Pitch:
    """For a submitter who is new or verified. Unless staff submit it, pitchers are sent their
    personal link, known co-pitchers have to confirm, and an identical pitch of the same person that
    awaits review is returned: a phone that lost the response sends it again. Raises
    TooManyNamed."""
    people = people or await People.meet(tx, asked.introduced)
    pitchers, joining = await _pitchers(tx, asked, people)
    if not asked.by_staff:
        if same := await _told_before(tx, asked, pitchers[0]):
            return same
        await co_pitchers.require_few(tx, pitchers)
        await _send_links(tx, asked, people.known_ids, pitchers)
    organisations = await Organisations.named(tx, [asked.organisation or ""])
    organisation = organisations.find_or_make(asked.organisation, PITCHER_KIND)
    await organisations.save()
    pitch = Pitch(
        id=tx.new_id(),
        version=1,
        gathering_id=asked.gathering_id,
        kind=asked.kind,
        title=asked.title,
        summary=asked.summary,
        pitchers=pitchers,
        organisation_id=organisation.id if organisation else None,
        needs=tuple(one.with_id(tx.new_id()) for one in asked.needs),
        state=states.Pitch.SUBMITTED,
        submitted_at=clock.now(),
    )
    await store.add_pitch(tx, pitch)
    tx.publish(event_of(None, pitch), pitch.version)
    await pitch_claims.wait_for_others(tx, pitch, joining, asked.links_per_hour)
    return pitch


async def join(tx: Transaction, pitch_id: str, person_id: str) -> Pitch:
    """Adds a pitcher who confirmed; a second call changes nothing. Raises PitchIsOver."""
    pitch = await hold_open(tx, pitch_id)
    pitchers = tuple(dict.fromkeys((*pitch.pitchers, person_id)))
    after = pitch.changed(pitchers=pitchers)
    return pitch if after is pitch else await put(tx, pitch, after)


async def update(tx: Transaction, pitch_id: str, wanted: Change, by: str | None) -> Pitch:
    """A visitor may until the review. Raises NotYourPitch, PitchIsOver, AlreadyReviewed,
    UnknownNeed or NeedHasOffers."""
    pitch = await held_by_pitcher(tx, pitch_id, by)
    if pitch.state is states.Pitch.WITHDRAWN:
        raise PitchIsOver("This pitch was withdrawn. Hand in a new one.")
    if by and pitch.state is not states.Pitch.SUBMITTED:
        raise AlreadyReviewed("This pitch was reviewed. Ask the organisers.", state=pitch.state)
    needs = _needs(tx, pitch, wanted)
    gone = [one.need_id for one in pitch.without(needs)]
    taken = await offers_store.needs_with_offers(tx, gone)
    taken |= await shares_store.needs_with_promises(tx, gone)
    if taken:
        raise NeedHasOffers(
            "Somebody offered toward this need. Keep it, in its unit.", need_ids=sorted(taken)
        )
    after = pitch.changed(kind=wanted.kind, title=wanted.title, summary=wanted.summary, needs=needs)
    return pitch if after is pitch else await put(tx, pitch, after)


async def withdraw(tx: Transaction, pitch_id: str, reason: str | None, by: str | None) -> Pitch:
    """Its text stays; a second call changes nothing. Raises NotYourPitch or PitchIsOver."""
    pitch = await held_by_pitcher(tx, pitch_id, by)
    if pitch.state is states.Pitch.WITHDRAWN:
        return pitch
    if not pitch.is_open:
        raise PitchIsOver("This pitch was declined.")
    return await put(tx, pitch, pitch.withdrawn(reason))


async def forget(tx: Transaction, person_id: str, attendee_ids: Sequence[str]) -> int:
    """Removes the person from their pitches; one without other pitchers loses its text and is
    withdrawn."""
    found = await store.list_pitches_by(tx, person_id)
    for pitch in found:
        others = tuple(one for one in pitch.pitchers if one != person_id)
        if others:
            await put(tx, pitch, pitch.changed(pitchers=others))
            continue
        version = tx.publish_tombstones(PitchState, pitch.id, pitch.version)
        await put(tx, None, pitch.blank(version + 1))
    return len(found)


async def put(tx: Transaction, before: Pitch | None, after: Pitch) -> Pitch:
    """`before` is None for a pitch that nobody knows, or no longer. Sets the timer by which
    `commitments` ends what was promised to a withdrawn one."""
    await store.put_pitch(tx, after)
    if after.state is states.Pitch.WITHDRAWN:
        await set_timer(
            tx, f"{WITHDRAWN}/{after.id}", WITHDRAWN, clock.now(), {"pitch_id": after.id}
        )
    tx.publish(event_of(before, after), after.version)
    return after


async def _pitchers(
    tx: Transaction, asked: Submission, people: People
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The pitchers, the submitter first; and the known people who have to confirm."""
    first = asked.who
    known = {person.id for one in asked.others if (person := people.find(one))}
    ids = [people.find_or_make(one).id for one in asked.introduced]
    await people.save()
    if isinstance(first, str):
        ids = [(await persons.hold(tx, first)).id, *ids]
    waits = () if asked.by_staff else tuple(one for one in dict.fromkeys(ids[1:]) if one in known)
    joining = tuple(one for one in waits if one != ids[0])
    return tuple(one for one in dict.fromkeys(ids) if one not in joining), joining


async def _told_before(tx: Transaction, asked: Submission, person_id: str) -> Pitch | None:
    names = ("gathering_id", "kind", "title", "summary")
    for one in await store.list_pitches_by(tx, person_id):
        needs = tuple(need.wanted for need in one.needs)
        is_same = all(getattr(one, name) == getattr(asked, name) for name in names)
        if one.state is states.Pitch.SUBMITTED and is_same and needs == asked.needs:
            return one
    return None


async def _send_links(
    tx: Transaction, asked: Submission, known_ids: set[str], pitchers: Sequence[str]
) -> None:
    links = await LinkRequests.of(tx, known_ids)
    for one in pitchers:
        links.request(one, "pitched", asked.gathering_id, per_hour=asked.links_per_hour)
    await links.save()


async def held_by_pitcher(tx: Transaction, pitch_id: str, by: str | None) -> Pitch:
    """Raises NotYourPitch."""
    pitch = await hold(tx, pitch_id)
    if by is None:
        return pitch
    if by not in pitch.pitchers:
        raise NotYourPitch("Only who pitch this can change it.")
    await persons.hold(tx, by)
    return pitch


def _needs(tx: Transaction, pitch: Pitch, wanted: Change) -> tuple[Need, ...]:
    known = {one.need_id: one for one in pitch.needs}
    missing = set(known)
    for at, (need_id, _) in enumerate(wanted.needs):
        if need_id and need_id not in missing:
            message = "This pitch has no such need, or it stands here twice."
            field = f"needs.{at}.need_id"
            raise UnknownNeed(message, errors=[{"field": field, "message": message}])
        missing.discard(need_id or "")
    return tuple(
        known[need_id].asked_as(one) if need_id else one.with_id(tx.new_id())
        for need_id, one in wanted.needs
    )

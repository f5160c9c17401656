"""Staff invite somebody to a gathering by name and e-mail: one mail, with a link by which they sign
up as themselves. Of whoever does not come, and is not known otherwise, nothing stays."""

from datetime import timedelta
from uuid import NAMESPACE_URL, uuid5

from doorpakken_plumbing.http.errors import Conflict
from doorpakken_plumbing.identity import acts
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.time import clock
from doorpakken_plumbing.time.timers import set_timer

from doorpakken_registration.attendance.registration import AlreadyRegistered
from doorpakken_registration.gatherings import gatherings
from doorpakken_registration.gatherings.store import attendees as attendees_store
from doorpakken_registration.people import mail_requests
from doorpakken_registration.people.model.person import Introduction
from doorpakken_registration.people.persons import People
from doorpakken_registration.people.store import mail_requests as store

KIND = "gathering_invitation"
LAPSES = "invited-lapses"
LAPSES_AFTER = timedelta(days=30)


class AlreadyInvited(Conflict):
    """They got this mail before."""

    slug = "already-invited"
    dutch = "Deze persoon kreeg al een uitnodiging voor deze bijeenkomst."


async def invite(tx: Transaction, gathering_id: str, who: Introduction, staff_id: str) -> None:
    """Raises NotOpen, AlreadyRegistered or AlreadyInvited."""
    gathering = await gatherings.get(tx, gathering_id)
    now = clock.now()
    if not gathering.is_open(now):
        raise gatherings.NotOpen("Nobody can sign up for this gathering now. Look at its dates.")
    people = await People.meet(tx, [who])
    person = people.find_or_make(who)
    await people.save()
    known = await attendees_store.find_attendee_of(tx, gathering_id, person.id)
    if known and not known.is_cancelled:
        raise AlreadyRegistered("This person is registered here already.", id=known.id)
    request_id = str(uuid5(NAMESPACE_URL, f"doorpakken:{KIND}:{gathering_id}:{person.id}"))
    if await store.is_requested(tx, request_id):
        raise AlreadyInvited("This person was invited to this gathering before.")
    await mail_requests.request(
        tx,
        person.id,
        KIND,
        gathering_id,
        gathering_id=gathering_id,
        mail_request_id=request_id,
    )
    about = {"person_id": person.id}
    await acts.note(
        tx, staff_id, "person_invited", gathering_id, gathering_id=gathering_id, **about
    )
    lapses_at = max(now, gathering.ends_at) + LAPSES_AFTER
    await set_timer(tx, f"{LAPSES}/{person.id}", LAPSES, lapses_at, about)

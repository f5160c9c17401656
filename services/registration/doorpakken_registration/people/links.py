"""Personal links: requests for the mail with one, and links for one purpose that sign nobody in.
Refuses links of an older generation; ignores requests above the limit without an error."""

from collections.abc import Iterable
from datetime import timedelta

from doorpakken_events.registration import LinkRequested
from doorpakken_plumbing.identity.links import Link, LinkRefused, make_link, read_link
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import Documents
from doorpakken_plumbing.observing.tracing import Origin
from doorpakken_plumbing.time import clock

from doorpakken_registration.people.model.person import Person
from doorpakken_registration.people.passes import OtherLink
from doorpakken_registration.people.store import persons as store
from doorpakken_registration.settings import Settings

CALENDAR, UNFOLLOW = "calendar", "unfollow"


class LinkRequests:
    """The links requested in one transaction, with a limit per person and hour."""

    def __init__(self, tx: Transaction, sent: dict[str, int]) -> None:
        self._tx = tx
        self._sent = sent
        self._requested: list[LinkRequested] = []

    @classmethod
    async def of(cls, tx: Transaction, known_ids: Iterable[str]) -> "LinkRequests":
        since = clock.real_now() - timedelta(hours=1)
        return cls(tx, await store.count_link_requests(tx, known_ids, since))

    def request(
        self,
        person_id: str,
        purpose: str,
        gathering_id: str | None,
        *,
        per_hour: int,
        attendee_id: str | None = None,
        origin: Origin | None = None,
    ) -> str | None:
        """Requests one mail, with the code at the door of `attendee_id`, and returns its id. Above
        the limit it does nothing and returns None, which pages for everybody do not tell."""
        sent = self._sent.get(person_id, 0)
        if sent >= per_hour:
            return None
        self._sent[person_id] = sent + 1
        said = LinkRequested(
            link_request_id=self._tx.new_id(),
            person_id=person_id,
            gathering_id=gathering_id,
            purpose=purpose,
            attendee_id=attendee_id,
            requested_at=clock.now(),
        )
        self._requested.append(said)
        self._tx.publish(said, 1, origin=origin)
        return said.link_request_id

    async def save(self) -> None:
        await store.add_link_requests(self._tx, self._requested, clock.real_now())


async def holder(documents: Documents, settings: Settings, token: str, purpose: str) -> Person:
    """The person a token for this purpose was made for; raises LinkRefused, OtherLink or
    LinkExpired."""
    link = read_link(settings.links, token, clock.now())
    person = await store.find_person(documents, link.person_id)
    if person is None or person.generation != link.generation:
        raise LinkRefused("This link does not work any more. Ask for a new one.")
    if link.purpose != purpose:
        raise OtherLink("This link is for something else.")
    return person


def calendar_token(settings: Settings, person: Person) -> str:
    expires_at = clock.now() + timedelta(days=settings.calendar_days)
    return make_link(settings.links, Link(CALENDAR, person.id, "", person.generation, expires_at))

"""What the holder of a link may open: their own page, or the one object the link is about.
Refuses a cookie used as a link, and a link used as a cookie."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from doorpakken_plumbing.identity import acts
from doorpakken_plumbing.identity.links import (
    OWN_PAGE,
    OWN_PAGE_DAYS,
    VISITOR,
    Link,
    LinkExpired,
    LinkRefused,
    expired,
    make_link,
    read_any_age,
    read_link,
)
from doorpakken_plumbing.messaging.transaction import Transaction
from doorpakken_plumbing.mongo.database import Documents
from doorpakken_plumbing.time import clock

from doorpakken_registration.people import persons
from doorpakken_registration.people.model.person import Person
from doorpakken_registration.people.store import persons as persons_store
from doorpakken_registration.people.store import used_links as store
from doorpakken_registration.settings import Settings

ANSWER = "answer"
# The links that sign somebody in. Other links in mails (unsubscribe, calendar) do only one thing;
# they end up in calendars and in forwarded mails.
ENTERING = (
    OWN_PAGE,
    ANSWER,
    "endorsement",
    "handover",
    "hosting",
    "follow",
    "offer",
    "pitch",
    "invited",
    "outcome",
    "commitment",
)
# Personal data, erasure and the name need a link that was mailed less than this ago.
FRESH = timedelta(days=1)
OWN_LINK_LASTS = timedelta(days=OWN_PAGE_DAYS)
USES_APART = timedelta(days=1)


class OtherLink(LinkRefused):
    """One of ours, which opens something else."""

    slug = "other-link"
    dutch = "Deze link is voor iets anders. Open de persoonlijke link in uw mail."


@dataclass(frozen=True)
class Pass:
    """A person, with the purpose, object and end of the link they used."""

    person: Person
    purpose: str
    object_id: str
    link_ends_at: datetime

    @property
    def opens_own_page(self) -> bool:
        return self.purpose == OWN_PAGE

    def is_fresh(self, now: datetime) -> bool:
        """True if the link was mailed less than `FRESH` ago: then the mailbox is still theirs."""
        age = now - (self.link_ends_at - OWN_LINK_LASTS)
        return self.opens_own_page and timedelta(0) <= age < FRESH


async def enter(documents: Documents, settings: Settings, token: str) -> Pass:
    """Raises LinkRefused, OtherLink or LinkExpired."""
    link = read_any_age(settings.links, token)
    person = await _holder(documents, link)
    if link.purpose not in ENTERING:
        raise OtherLink("This link is for one thing only. Open the link in your mail.")
    if clock.now() >= link.expires_at and not await _is_renewed(documents, link):
        raise expired()
    return Pass(person, link.purpose, link.object_id, link.expires_at)


async def held(documents: Documents, settings: Settings, cookie: str) -> Pass | None:
    """None if the cookie is expired, revoked or not a visitor's cookie."""
    try:
        link = read_link(settings.links, cookie, clock.now())
        if link.purpose != VISITOR:
            return None
        person = await _holder(documents, link)
    except (LinkRefused, LinkExpired):
        return None
    purpose, ends_at, object_id = link.object_id.split(" ", 2)
    return Pass(person, purpose, object_id, datetime.fromtimestamp(int(ends_at), UTC))


def cookie_of(settings: Settings, given: Pass) -> str:
    person, ends_at = given.person, int(given.link_ends_at.timestamp())
    about = f"{given.purpose} {ends_at} {'' if given.opens_own_page else given.object_id}"
    until = clock.now() + timedelta(hours=settings.visitor_hours)
    return make_link(settings.links, Link(VISITOR, person.id, about, person.generation, until))


async def note_use(tx: Transaction, given: Pass) -> None:
    """Renews the link to their own page: from now it works as long as a new one would."""
    await persons.hold(tx, given.person.id)
    now = clock.now()
    goes_at = clock.real_now() + OWN_LINK_LASTS
    await store.put_use(tx, _name(given), given.person.id, now, goes_at)


async def is_use_due(documents: Documents, given: Pass) -> bool:
    used_at = await store.find_use(documents, _name(given))
    return used_at is None or clock.now() - used_at >= USES_APART


async def revoke(tx: Transaction, person_id: str) -> None:
    await persons.end_links(tx, person_id)


async def revoke_for(tx: Transaction, person_id: str, staff_id: str) -> None:
    """By staff, for somebody who asks it by telephone."""
    await revoke(tx, person_id)
    await acts.note(tx, staff_id, "links_ended", person_id, person_id=person_id)


async def _is_renewed(documents: Documents, link: Link) -> bool:
    if link.purpose != OWN_PAGE:
        return False
    used_at = await store.find_use(documents, _name_of(link.person_id, link.expires_at))
    return used_at is not None and clock.now() < used_at + OWN_LINK_LASTS


async def _holder(documents: Documents, link: Link) -> Person:
    person = await persons_store.find_person(documents, link.person_id)
    if person is None or person.generation != link.generation:
        raise LinkRefused("This link does not work any more. Ask for a new one.")
    return person


def _name(given: Pass) -> str:
    return _name_of(given.person.id, given.link_ends_at)


def _name_of(person_id: str, ends_at: datetime) -> str:
    return f"{person_id} {int(ends_at.timestamp())}"

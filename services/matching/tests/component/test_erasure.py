"""Who is erased is in no plan, no recommendation and no store of matching any more; the sessions
they led and the people they planned with stay."""

from typing import Any

from doorpakken_events.erasure import PersonErased
from doorpakken_events.registration import (
    AttendeeCheckedIn,
    PersonContact,
    SessionJoined,
    WishesStated,
)
from doorpakken_plumbing.mongo.database import Document, Mongo
from doorpakken_plumbing.time import clock

from services.matching.tests.component.gathering import Gathering

# Where an id may stay: as the marker, in the key of a tombstone, in what tells of the erasure.
MARKERS = ("erased", "inbox", "guards")
ABOUT_IT = ("erasure-confirmed",)


async def naming(mongo: Mongo, *words: str) -> dict[str, int]:
    """In how many documents of each collection one of these words stands."""
    counts: dict[str, int] = {}
    for name in COLLECTIONS:
        about = [one for one in await mongo[name].find({}) if _names(one, words)]
        if about and name not in MARKERS:
            counts[name] = len(about)
    return counts


COLLECTIONS = [
    "attendee",
    "contact",
    "endorsement",
    "offer",
    "wishes",
    "sign-up",
    "answer",
    "hosting-answer",
    "pitch",
    "person",
    "recommendations",
    "planned",
    "plans",
    "sessions",
    "hostings",
    "acts",
    "staff",
    "outbox",
    "parked",
    "idempotency",
    "timers",
]


def _names(document: Document, words: tuple[str, ...]) -> bool:
    if document.get("topic") in ABOUT_IT:
        return False
    told: Any = document.get("payload", document)
    return any(word in repr(told) for word in words)


async def test_nothing_of_an_erased_person_stays(gathering: Gathering) -> None:
    mongo = gathering.service.mongo
    await gathering.prepare(attendees=("a", "b", "c"))
    person, attendee = f"{gathering.id}-person-a", f"{gathering.id}-a"
    plan = await gathering.plan()
    await gathering.publish(plan)
    (session,) = await gathering.said("session-scheduled")
    await gathering.hear(
        (PersonContact(person_id=person, name="Truus Kade", language="nl"), 1),
        (wishes_of(gathering, attendee), 1),
        (seat_of(gathering, attendee, session["session_id"]), 1),
    )
    others = await naming(mongo, f"{gathering.id}-b")
    assert {"contact", "wishes", "sign-up", "planned"} <= {*await naming(mongo, person, attendee)}
    await gathering.hear((PersonErased(person_id=person, erased_at=clock.now()), 1))
    assert await naming(mongo, person, attendee, "Truus Kade") == {}
    assert await naming(mongo, f"{gathering.id}-b") == others
    published = (await gathering.said("plan-published"))[-1]
    assert (published["recommendations"], published["version"]) == (2, 2)
    rows = await mongo["outbox"].find({"topic": "sessions-recommended", "key": attendee})
    assert [(row["version"], row["payload"]) for row in rows] == [(2, None)]
    confirmed = await mongo["outbox"].count({"topic": "erasure-confirmed"})
    assert confirmed >= 1


def wishes_of(gathering: Gathering, attendee_id: str) -> WishesStated:
    return WishesStated(
        attendee_id=attendee_id,
        gathering_id=gathering.id,
        pitch_ids=(f"{gathering.id}-pitch-one",),
        stated_at=gathering.start,
    )


def seat_of(gathering: Gathering, attendee_id: str, session_id: str) -> SessionJoined:
    return SessionJoined(
        sign_up_id=f"{attendee_id}-seat",
        gathering_id=gathering.id,
        session_id=session_id,
        attendee_id=attendee_id,
        state="active",
        signed_up_at=gathering.start,
    )


async def test_a_session_goes_on_without_its_host(gathering: Gathering) -> None:
    await gathering.prepare()
    await gathering.publish(await gathering.plan())
    host = f"{gathering.id}-pitcher-one"
    (session,) = await gathering.said("session-scheduled")
    assert session["host"] == host
    await gathering.hear((PersonErased(person_id=host, erased_at=clock.now()), 1))
    (session,) = await gathering.said("session-scheduled")
    assert (session["host"], session["state"], session["version"]) == (None, "scheduled", 2)
    assert await naming(gathering.service.mongo, host) == {}


async def test_nothing_late_brings_them_back(gathering: Gathering) -> None:
    await gathering.prepare(attendees=("b", "c"))
    await gathering.publish(await gathering.plan())
    late = gathering.attendee("late")
    await gathering.hear((PersonErased(person_id=late.person_id, erased_at=clock.now()), 1))
    await gathering.hear((late, 2))
    assert await naming(gathering.service.mongo, late.attendee_id, late.person_id) == {}


async def test_tombstones_alone_wipe_an_attendee(gathering: Gathering) -> None:
    await gathering.prepare()
    await gathering.publish(await gathering.plan())
    attendee = f"{gathering.id}-a"
    await gathering.hear_gone((AttendeeCheckedIn, attendee, 3))
    assert await naming(gathering.service.mongo, attendee) == {}


async def test_a_host_whom_staff_chose_is_forgotten_and_a_pitcher_is_asked_again(
    gathering: Gathering,
) -> None:
    await gathering.prepare()
    await gathering.publish(await gathering.plan())
    ((session_id, pitcher),) = [(one["id"], one["host"]) for one in await gathering.sessions()]
    chosen = f"{gathering.id}-person-a"
    await gathering.hear((PersonContact(person_id=chosen, name="Zoë Klaver", language="nl"), 1))
    assert (await gathering.change(session_id, "host", person_id=chosen)).status_code == 200
    await gathering.hear((PersonErased(person_id=chosen, erased_at=clock.now()), 1))
    assert [one["host"] for one in await gathering.sessions()] == [None]
    assert (await gathering.publish(await gathering.plan())).status_code == 200
    ((host, hosting),) = [(one["host"], one["hosting"]) for one in await gathering.sessions()]
    assert (host, hosting["state"], hosting["ask"]) == (pitcher, "asked", 2)
    assert (await naming(gathering.service.mongo, chosen)).get("hostings") is None

"""Erasure of more than twenty people in as many states of the flow: within a minute nothing of
theirs is in any store or file, no mail follows, and no late event brings anything back."""

import asyncio
import time
from collections import Counter
from collections.abc import Sequence
from uuid import uuid4

import pytest
from aiokafka import AIOKafkaProducer
from doorpakken_events.catalogue import CATALOGUE, SERVICES
from doorpakken_events.envelope import ID, headers_of
from doorpakken_events.registration import AttendeeUpdated
from doorpakken_local.demo.counting.stores import opened_stores
from doorpakken_local.demo.play import Play
from doorpakken_local.demo.visiting.mailbox import Mail
from doorpakken_local.demo.visiting.web import Browser, Json
from doorpakken_plumbing.kafka.admin import history
from doorpakken_plumbing.kafka.records import Record
from doorpakken_plumbing.time import clock

from tests.e2e.gatherings import API
from tests.e2e.leaving import STAYING, Town, address_of, fill_first, fill_second, fill_third
from tests.e2e.traces import Somebody, in_files, in_stores
from tests.probe import eventually

WITHIN_SECONDS = 60
OWN_DOOR = ("link", "insight")
TOPICS = [topic.name for topic in CATALOGUE.values() if topic.event]


# The story counts everything that was ever parked, so it is told before.
@pytest.mark.usefixtures("report")
async def test_nothing_of_twenty_people_is_left(play: Play) -> None:
    town = Town(play)
    await fill_third(town)
    await fill_second(town)
    wave_id = await fill_first(town)
    await park_something(town, "parked")
    drafted = await erase(town, "draft")
    await release(town, wave_id)
    await note_insight(town)
    town.people["link"] = await whose(town, "link")
    leaving = {one: town.somebody(one) for one in town.people if one not in STAYING}
    staying = {one: town.somebody(one) for one in STAYING if one in town.people}
    assert len(leaving) >= 20
    known = await in_stores(play.place, leaving)
    assert known.keys() == leaving.keys() - {"draft"}
    kept = await kept_of(town, staying)
    said = await said_of(town, leaving)

    began = time.monotonic()
    numbers = [drafted, *await erase_all(town, [one for one in leaving if one != "draft"])]
    await confirmed(town, numbers)
    left = WITHIN_SECONDS - (time.monotonic() - began)
    await eventually(lambda: in_stores(play.place, leaving), lambda found: not found, left)
    assert in_files(play.place.folder, leaving) == {}
    await at_rest(town)
    mails = await mails_to(town, leaving)
    assert await kept_of(town, staying) == kept

    await say_late(town, said)
    await at_rest(town)
    assert await in_stores(play.place, leaving) == {}
    assert await mails_to(town, leaving) == mails
    assert await kept_of(town, staying) == kept


async def park_something(town: Town, state: str) -> None:
    """Nobody can read the next word of this attendee; three services set it aside."""
    told, before = town.people[state], await parked(town)
    event = AttendeeUpdated(
        attendee_id=told["id"],
        gathering_id=town.play.gathering_id,
        person_id=told["person_id"],
        kind="other",
        language="nl",
        state="checked_in",
        registered_at=clock.now(),
    )
    headers = headers_of(
        event, service="registration", event_id=str(uuid4()), version=3, time=clock.now()
    )
    async with AIOKafkaProducer(**town.play.place.kafka.options()) as producer:
        await producer.send_and_wait(
            event.TOPIC, event.payload()[:-9], event.key.encode(), headers=headers
        )
    await eventually(lambda: parked(town), lambda count: count == before + 3)


async def parked(town: Town) -> int:
    desks = town.play.desk.values()
    return sum([(await desk.get("/system/figures"))["parked"] for desk in desks])


async def release(town: Town, wave_id: str) -> None:
    """Staff let the first wave go; every mail of it has left, every letter lies ready."""
    desk = town.play.desk.notification
    await town.play.settled()
    await desk.post(f"{API}/waves/{wave_id}/release")
    moving = ("draft", "queued", "leased", "intent", "retry")

    async def under_way() -> int:
        by_state = (await desk.get(f"{API}/waves/{wave_id}"))["by_state"]
        return sum(by_state.get(state, 0) for state in moving)

    await eventually(under_way, lambda count: count == 0)


async def note_insight(town: Town) -> None:
    """Somebody writes at a table, known by their personal link."""
    browser = await visit(town, "insight")
    path = f"{API}/gatherings/{town.gatherings[-1]}"
    pitches = (await town.staff.get(f"{path}/pitches"))["items"]
    table = await town.staff.post(
        f"{path}/tables", {"label": "Tafel 1", "pitch_id": pitches[0]["id"]}
    )
    url = f"{town.play.place.urls['registration']}{API}/tables/{table['code']}/perspectives"
    await browser.call(url, {"text": "Jongeren zoeken een plek"})


async def visit(town: Town, state: str) -> Browser:
    """A browser that followed their personal link, which they ask for where they have none yet."""
    registration = town.play.place.urls["registration"]
    links = await personal_links(town, state)
    if not links:
        asked = {"email": address_of(state)}
        await town.play.web.client(registration).post(f"{API}/link-requests", asked)
        links = await eventually(lambda: personal_links(town, state), bool)
    browser = town.play.web.browser()
    await browser.open(links[-1].button(registration))
    return browser


async def personal_links(town: Town, state: str) -> list[Mail]:
    """The mails that lead to their own page."""
    mails = await town.play.mailbox.to(address_of(state))
    return [mail for mail in mails if mail.kind == "personal_link"]


async def whose(town: Town, state: str) -> Json:
    """Who signed up themselves is found by staff."""
    path = f"{API}/gatherings/{town.gatherings[-1]}/attendees"
    listed = (await town.staff.get(path, limit="1000"))["items"]
    [found] = [one for one in listed if one["email"] == address_of(state)]
    return dict(found)


async def erase_all(town: Town, states: Sequence[str]) -> list[str]:
    """All at once, each by the door they would use."""
    doors = [erase_by_page(town, one) if one in OWN_DOOR else erase(town, one) for one in states]
    return list(await asyncio.gather(*doors))


async def erase(town: Town, state: str) -> str:
    path = f"{API}/persons/{town.people[state]['person_id']}/erase"
    number: str = (await town.staff.post(path))["number"]
    return number


async def erase_by_page(town: Town, state: str) -> str:
    browser = await visit(town, state)
    page = await browser.open(f"{town.play.place.urls['registration']}/me/erase")
    done = await browser.send(page.form(), {})
    return done.url.rpartition("/")[2]


async def confirmed(town: Town, numbers: Sequence[str]) -> None:
    """Every service says of each of them that it is done."""

    async def answers() -> Counter[str]:
        found = [await town.staff.get(f"{API}/erasures/{number}") for number in numbers]
        return Counter(service for one in found for service in one["answers"])

    await eventually(answers, lambda seen: seen == dict.fromkeys(SERVICES, len(numbers)), 60)


async def at_rest(town: Town) -> None:
    """Everything that was said is heard, and no mail is on its way."""
    await town.play.settled()
    under_way = {"state": {"$in": ["queued", "leased", "intent", "retry"]}}
    async with opened_stores(town.play.place) as stores:
        mails = stores["notification"]["mails"]
        await eventually(lambda: mails.count_documents(under_way), lambda count: count == 0)
    await town.play.settled()


async def mails_to(town: Town, people: dict[str, Somebody]) -> Counter[str]:
    """How many mails each address got."""
    wanted = {word for one in people.values() for word in one.words}
    mails = await town.play.mailbox.all()
    return Counter(to for mail in mails for to in mail.to if to in wanted)


async def kept_of(town: Town, staying: dict[str, Somebody]) -> dict[str, Counter[str]]:
    """How much registration keeps of who stays, by collection; what it says grows."""
    found = await in_stores(town.play.place, staying)
    growing = {"registration.outbox", "registration.invitations", "registration.idempotency"}
    return {
        who: Counter(p for p in places if p.startswith("registration.") and p not in growing)
        for who, places in found.items()
    }


async def said_of(town: Town, people: dict[str, Somebody]) -> list[Record]:
    """Every record on the topics that is about one of them."""
    ids = [one.encode() for somebody in people.values() for one in somebody.ids]
    found = await history(town.play.place.kafka, TOPICS)
    about = [r for r in found if any(one in (r.key or b"") + (r.value or b"") for one in ids)]
    assert len(about) > len(people)
    return about


async def say_late(town: Town, said: Sequence[Record]) -> None:
    """The same records again, as a broker may deliver them, and once as if never heard before."""
    async with AIOKafkaProducer(**town.play.place.kafka.options()) as producer:
        for record in said:
            new = {ID: str(uuid4()).encode()}
            for headers in (record.headers, [(n, new.get(n, v)) for n, v in record.headers]):
                await producer.send(record.topic, record.value, record.key, headers=list(headers))

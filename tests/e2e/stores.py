"""What the four databases and the topics hold of one gathering; read, never written."""

from collections import Counter

from doorpakken_events.catalogue import CATALOGUE
from doorpakken_events.envelope import Envelope, read_headers
from doorpakken_events.staff_work import StaffWork
from doorpakken_local.demo.counting.stores import COPIES_OF_ATTENDEES, opened_stores
from doorpakken_local.demo.place import Place
from doorpakken_local.demo.play import Play
from doorpakken_plumbing.kafka.admin import history

WRITTEN = ("attendees", "pitches", "endorsements", "sign_ups", "answers")
ON_ITS_WAY = {"state": {"$in": ["queued", "leased", "intent"]}, "waits_for": None}
WITHOUT_GATHERING = ("persons", "organisations", "gatherings")


async def written(play: Play) -> dict[str, int]:
    """How much registration keeps: of this gathering, and of people at all."""
    async with opened_stores(play.place) as stores:
        store = stores["registration"]
        here = {"gathering_id": play.gathering_id}
        ours = {name: await store[name].count_documents(here) for name in WRITTEN}
        # What waits for staff is said a second after what changed it.
        in_requests = {"topic": {"$ne": StaffWork.TOPIC}}
        said = {"outbox": await store["outbox"].count_documents(in_requests)}
        return (
            ours
            | said
            | {name: await store[name].count_documents({}) for name in WITHOUT_GATHERING}
        )


async def copies(play: Play) -> dict[str, int]:
    """How many attendees of the gathering each service has."""
    places = [("registration", "attendees", "gathering_id"), *COPIES_OF_ATTENDEES]
    async with opened_stores(play.place) as stores:
        return {
            service: await stores[service][collection].count_documents({field: play.gathering_id})
            for service, collection, field in places
        }


async def said(play: Play) -> list[Envelope]:
    """Every event of the gathering, as often as it stands on a topic."""
    topics = [topic.name for topic in CATALOGUE.values() if topic.event]
    heads = [read_headers(list(one.headers)) for one in await history(play.place.kafka, topics)]
    return [head for head in heads if head.gathering_id == play.gathering_id]


async def parked(play: Play) -> int:
    """How many records the services have put aside."""
    topics = [topic.name for topic in CATALOGUE.values() if not topic.event]
    return len(await history(play.place.kafka, topics))


async def mails_on_their_way(place: Place) -> int:
    """How many mails are owed now and wait for nothing but the mail server."""
    async with opened_stores(place) as stores:
        return await stores["notification"]["mails"].count_documents(ON_ITS_WAY)


def by_topic(heads: list[Envelope]) -> Counter[str]:
    """How many were said on each topic."""
    return Counter(head.topic for head in heads)

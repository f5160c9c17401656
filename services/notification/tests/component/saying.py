"""Says events to the whole service, over Kafka."""

from doorpakken_events.catalogue import topic_of
from doorpakken_events.envelope import headers_of
from doorpakken_events.event import Event
from doorpakken_plumbing.service import Service
from doorpakken_plumbing.time import clock
from uuid_utils import uuid7


async def say(service: Service, *events: tuple[Event, int]) -> list[str]:
    """Returns the ids of the events."""
    ids = []
    for event, version in events:
        ids.append(str(uuid7()))
        headers = headers_of(
            event,
            service=topic_of(type(event)).emitter,
            event_id=ids[-1],
            version=version,
            time=clock.now(),
        )
        topic = service.settings.topic(event.TOPIC)
        await (await service.writer.send(topic, event.key, event.payload(), headers))
    return ids

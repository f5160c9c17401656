"""`python -m doorpakken_reporting.rebuild` deletes every read model, so that the next start builds
them again from the topics. Refuses while an instance of reporting runs."""

import asyncio
import sys

from doorpakken_plumbing.kafka.records import CommitFailedError, rewind
from doorpakken_plumbing.mongo.database import Documents, Mongo

from doorpakken_reporting.projections import PROJECTIONS
from doorpakken_reporting.settings import Settings

AGGREGATES = sorted({event.AGGREGATE for event in PROJECTIONS})
TRY_AGAIN_SECONDS = 1.0
# A busy broker notices late that a consumer is gone.
SESSIONS_WAITED = 4


class StillRunning(Exception):
    """An instance of reporting is still reading the topics."""


async def forget(settings: Settings, documents: Documents) -> None:
    """Rewinds first, so that nothing is deleted when it raises StillRunning."""
    await _rewind_patiently(settings)
    for aggregate in AGGREGATES:
        await documents[aggregate].delete_many({})


async def _rewind_patiently(settings: Settings) -> None:
    """Retries, because Kafka counts a stopped instance as a member until its session ends."""
    topics = [settings.topic(event.TOPIC) for event in PROJECTIONS]
    waited_seconds = 0.0
    while True:
        try:
            return await rewind(settings, topics)
        except CommitFailedError:
            if waited_seconds > SESSIONS_WAITED * settings.kafka_session_seconds:
                raise StillRunning("Stop every instance of reporting first.") from None
        await asyncio.sleep(TRY_AGAIN_SECONDS)
        waited_seconds += TRY_AGAIN_SECONDS


async def main() -> None:
    settings = Settings()
    mongo = Mongo(settings.mongodb_uri.get_secret_value(), settings.mongodb_database, settings)
    try:
        await forget(settings, mongo)
    except StillRunning as refusal:
        sys.exit(str(refusal))
    finally:
        mongo.close()


if __name__ == "__main__":
    asyncio.run(main())

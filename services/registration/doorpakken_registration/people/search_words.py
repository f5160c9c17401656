"""The words by which staff find people and organisations, made at start for those that an earlier
version kept without, some at a time. Where it was done before, it does nothing."""

from doorpakken_plumbing.service import Service

from doorpakken_registration.people.store import search_words as store


async def begin(service: Service) -> None:
    """Gives words to all that have none yet."""
    for collection in store.KEPT_IN:
        while not await store.is_done(service.mongo, collection):
            await service.transact(store.Step(collection).take)

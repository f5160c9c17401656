"""Adds search words at startup, in batches, to people and organisations that have none yet.
Those were stored by an earlier version. Does nothing if it was done before."""

from doorpakken_plumbing.service import Service

from doorpakken_registration.people.store import search_words as store


async def begin(service: Service) -> None:
    for collection in store.KEPT_IN:
        while not await store.is_done(service.mongo, collection):
            await service.transact(store.Step(collection).take)

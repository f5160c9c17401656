"""A database that another version filled is left as it is, and the service says so and waits."""

from collections.abc import Callable
from typing import Any

import pytest
from doorpakken_plumbing.app import create_app
from doorpakken_plumbing.mongo.database import Mongo
from doorpakken_plumbing.mongo.layout import LAYOUT, why_not_ours
from doorpakken_plumbing.service import Parts, Service
from doorpakken_plumbing.settings import ServiceSettings

from shared.plumbing.tests.component.conftest import StartService
from tests.probe import comes_true

OLDER = {"_id": "layout", "number": LAYOUT - 1}


async def test_a_new_database_is_marked_and_known_again(start: StartService, mongo: Mongo) -> None:
    await start("registration")
    assert await mongo["about"].find({}) == [{"_id": "layout", "number": LAYOUT}]
    assert await why_not_ours(mongo) is None


@pytest.mark.parametrize(
    ("collection", "row", "found"),
    [("about", OLDER, LAYOUT - 1), ("outbox", {"_id": "e", "state": "sent"}, "unknown")],
)
async def test_a_database_of_another_version_is_left_as_it_is(
    settings_of: Callable[..., ServiceSettings],
    mongo: Mongo,
    collection: str,
    row: dict[str, Any],
    found: object,
) -> None:
    await mongo[collection].insert_one(row)
    app = create_app(settings_of("registration"), Parts())
    async with app.router.lifespan_context(app):
        service: Service = app.state.service
        reason = f"filled by another version of Doorpakken (layout {found}, this one has {LAYOUT})"
        await comes_true(lambda: reason in " ".join(service.why_not_ready()))
        assert await mongo.list_collections() == {collection}

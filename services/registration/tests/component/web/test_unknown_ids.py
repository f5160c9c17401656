"""Who asks about something that does not exist is answered as the description says."""

from fastapi import FastAPI

from services.registration.tests.component.desk import Desk
from tests.described import misnamed, shapeless, undescribed


async def test_unknown_ids_are_answered_as_described(app: FastAPI, desk: Desk) -> None:
    desk.client.base_url = desk.client.base_url.copy_with(path="/")
    assert misnamed(app.openapi()) == []
    assert shapeless(app.openapi()) == []
    assert await undescribed(desk.client, app.openapi()) == []

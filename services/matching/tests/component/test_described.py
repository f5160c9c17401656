"""What the API says of itself is true, and people who mistype an address get a page."""

import pytest
from fastapi import FastAPI

from services.matching.tests.component.conftest import ClientOf
from tests.described import misnamed, shapeless, undescribed


async def test_unknown_ids_are_answered_as_described(app: FastAPI, client_of: ClientOf) -> None:
    async with client_of({"*": "organiser"}) as client:
        client.base_url = client.base_url.copy_with(path="/")
        assert misnamed(app.openapi()) == []
        assert shapeless(app.openapi()) == []
        assert await undescribed(client, app.openapi()) == []


@pytest.mark.parametrize("path", ["/nergens", "/plans/nowhere", f"/plans/{'x' * 81}"])
async def test_a_mistyped_address_is_a_page(client_of: ClientOf, path: str) -> None:
    async with client_of({"*": "organiser"}) as client:
        client.base_url = client.base_url.copy_with(path="/")
        answer = await client.get(path, headers={"accept": "text/html,*/*"})
    assert answer.status_code == 404
    assert answer.headers["content-type"].startswith("text/html")
    assert "Deze pagina bestaat niet" in answer.text

"""What the API says of itself is true, and people who mistype an address get a page."""

import httpx
import pytest
from fastapi import FastAPI

from tests.described import misnamed, shapeless, undescribed


async def test_unknown_ids_are_answered_as_described(
    app: FastAPI, client: httpx.AsyncClient
) -> None:
    assert misnamed(app.openapi()) == []
    assert shapeless(app.openapi()) == []
    assert await undescribed(client, app.openapi()) == []


@pytest.mark.parametrize("path", ["/nergens", "/dashboard/g-nowhere", f"/dashboard/{'x' * 81}"])
async def test_a_mistyped_address_is_a_page(client: httpx.AsyncClient, path: str) -> None:
    answer = await client.get(path, headers={"accept": "text/html,*/*"})
    assert answer.status_code == 404
    assert answer.headers["content-type"].startswith("text/html")
    assert "Deze pagina bestaat niet" in answer.text

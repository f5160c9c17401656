"""An address that no mail server takes is refused at every door, in a sentence that says why; one
that can be written in two ways is one."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from services.registration.tests.component.desk import Desk

UNMAILABLE = "jän@buurt.example"
# Looks for an account, and never mails to what was typed.
ONLY_LOOKS_UP = "/api/v1/staff/login"


async def test_every_door_of_the_api_refuses_what_cannot_be_mailed(
    app: FastAPI, desk: Desk
) -> None:
    doors = [one for one in _doors(app.openapi()) if one[1] != ONLY_LOOKS_UP]
    assert len(doors) >= 7
    for method, path, where in doors:
        url = desk.client.base_url.copy_with(path=path)
        answer = await desk.client.request(method, url, json=_typed_at(where))
        assert answer.status_code == 422, path
        said = {one["field"]: one["message"] for one in answer.json()["errors"]}
        assert "cannot be mailed" in said[where], (path, said)


@pytest.mark.parametrize("path", ["/follow", "/link", "/g/{gathering}", "/g/{gathering}/pitch"])
async def test_pages_say_which_part_of_the_address_is_wrong(
    desk: Desk, public: httpx.AsyncClient, path: str
) -> None:
    path = path.format(gathering=await desk.gathering())
    page = await public.post(path, data={"name": "Jän Olm", "email": UNMAILABLE})
    assert page.status_code == 422
    assert f'value="{UNMAILABLE}"' in page.text
    assert "Voor de @ staat een letter die wij niet kunnen mailen." in page.text


async def test_a_domain_written_in_two_ways_is_one_address(desk: Desk) -> None:
    written = ("info@bücher.example", "Info@XN--BCHER-KVA.example", "info@BÜCHER.example")
    ids = {
        (await desk.attendee(await desk.gathering(), name="Jan Bücher", email=one))["person_id"]
        for one in written
    }
    assert len(ids) == 1
    person = await desk.client.get(f"/persons/{ids.pop()}")
    assert person.json()["email"] == "info@bücher.example"


def _typed_at(where: str) -> dict[str, Any]:
    """A body with nothing but that address, at that field."""
    name, _, deeper = where.partition(".0.")
    return {name: [_typed_at(deeper)] if deeper else UNMAILABLE}


def _doors(described: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Method, path and field of whatever takes an e-mail address."""
    for path, operations in described["paths"].items():
        for method, operation in operations.items():
            content = operation.get("requestBody", {}).get("content", {})
            schema = content.get("application/json", {}).get("schema", {})
            for where in _addresses(described, schema):
                yield method.upper(), path, where


def _addresses(described: dict[str, Any], schema: dict[str, Any]) -> Iterator[str]:
    if ref := schema.get("$ref"):
        schema = described["components"]["schemas"][ref.rpartition("/")[2]]
    for name, inside in schema.get("properties", {}).items():
        if "email" in name:
            yield name
        for deeper in _addresses(described, inside.get("items", {})):
            yield f"{name}.0.{deeper}"

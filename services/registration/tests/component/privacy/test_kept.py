"""What is kept of a person is declared, and goes into their copy, to another person or away."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest_asyncio
from doorpakken_registration.kept import KEPT

from services.registration.tests.component.desk import Desk, Json
from services.registration.tests.component.everything import Everything
from services.registration.tests.component.merging import merge
from services.registration.tests.component.privacy.test_erasure import collection_names

# Collections of the plumbing, which erases them itself, and those of the erasures.
NOT_DECLARED = {"outbox", "inbox", "guards", "idempotency", "timers", "erased", "erasures"}


@pytest_asyncio.fixture
async def person(desk: Desk, public: httpx.AsyncClient) -> Everything:
    return await Everything.of(desk, public)


async def test_every_field_with_an_id_of_theirs_is_declared(desk: Desk, person: Everything) -> None:
    ids = {person.person_id, person.attendee["id"]}
    declared = {
        (one.collection, field) for one in KEPT for field in (one.person, one.attendee, *one.also)
    }
    assert await fields_with(desk, ids) == {place for place in declared if place[1]}


async def test_all_that_is_shown_is_in_their_copy(
    desk: Desk, public: httpx.AsyncClient, person: Everything
) -> None:
    await public.get(await desk.link(person.person_id))
    copy = (await public.get("/me/data")).json()
    assert copy.keys() == {one.collection for one in KEPT if one.shown}
    page = (await public.get("/me/data.html")).text
    assert [one.shown.title for one in KEPT if one.shown and one.shown.title not in page] == []


async def test_all_of_it_is_given_to_another(
    desk: Desk, public: httpx.AsyncClient, person: Everything
) -> None:
    before = await fields_with(desk, {person.person_id})
    stays = await desk.attendee(await desk.gathering())
    answer = await merge(desk, person.attendee, stays)
    assert answer.status_code == 200, answer.text
    assert await fields_with(desk, {person.person_id}) == set()
    assert await fields_with(desk, {stays["person_id"]}) == before
    await erase(desk, stays)
    assert await fields_with(desk, {stays["person_id"], person.attendee["id"]}) == set()


async def test_all_of_it_is_erased(desk: Desk, person: Everything) -> None:
    await erase(desk, person.attendee)
    assert await fields_with(desk, {person.person_id, person.attendee["id"]}) == set()


async def erase(desk: Desk, attendee: Json) -> None:
    answer = await desk.client.post(f"/persons/{attendee['person_id']}/erase")
    assert answer.status_code == 202, answer.text


async def fields_with(desk: Desk, ids: set[str]) -> set[tuple[str, str]]:
    """Collections and fields in which one of the ids stands."""
    return {
        (name, field)
        for name in {*await collection_names(desk.settings)} - NOT_DECLARED
        for document in await desk.service.mongo[name].find({})
        for field in fields_of(document, ids)
    }


def fields_of(value: Any, ids: set[str], path: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from fields_of(inner, ids, f"{path}.{name}" if path else name)
    elif isinstance(value, list):
        for inner in value:
            yield from fields_of(inner, ids, path)
    elif isinstance(value, str) and any(one in value for one in ids):
        yield path

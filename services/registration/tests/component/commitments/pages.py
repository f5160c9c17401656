"""The page of a promise as people use it: what they may do there, and pressing its buttons."""

import re

import httpx

from services.registration.tests.component.commitments.test_commitments import Table
from services.registration.tests.component.desk import Desk, Json

_MOVE = re.compile(r'(?:href|action)="/commitments/[^"/]+/([a-z-]+)"')


def text_of(page: httpx.Response) -> str:
    """What is read, on one line."""
    return " ".join(re.sub(r"<[^>]+>", " ", page.text).split())


async def opened(table: Table, commitment_id: str, person_id: str | None) -> httpx.Response:
    """By the holder of a personal link, or by an organiser."""
    if person_id is None:
        table.public.cookies.clear()
        return await table.public.get(
            f"/commitments/{commitment_id}", headers=table.desk.bearer("organiser")
        )
    await table.enter(person_id)
    return await table.public.get(f"/commitments/{commitment_id}")


def moves_on(page: httpx.Response) -> list[str]:
    """That the page offers, once each, in order."""
    assert page.status_code == 200, page.text
    return sorted(dict.fromkeys(_MOVE.findall(page.text)))


async def press(table: Table, commitment_id: str, move: str, **fields: str) -> httpx.Response:
    """A filled form of this move, sent by who has the browser."""
    return await table.public.post(f"/commitments/{commitment_id}/{move}", data=fields)


async def press_as_staff(
    table: Table, commitment_id: str, move: str, **fields: str
) -> httpx.Response:
    path, staff = f"/commitments/{commitment_id}/{move}", table.desk.bearer("organiser")
    return await table.public.post(path, data=fields, headers=staff)


async def done(table: Table, commitment_id: str, move: str, **fields: str) -> Json:
    """The promise after a press that is taken."""
    return await _taken(table, commitment_id, await press(table, commitment_id, move, **fields))


async def done_by_staff(table: Table, commitment_id: str, move: str, **fields: str) -> Json:
    answer = await press_as_staff(table, commitment_id, move, **fields)
    return await _taken(table, commitment_id, answer)


async def _taken(table: Table, commitment_id: str, answer: httpx.Response) -> Json:
    assert answer.status_code == 303, text_of(answer)
    return await kept(table.desk, commitment_id)


async def kept(desk: Desk, commitment_id: str) -> Json:
    found: Json = (await desk.client.get(f"/commitments/{commitment_id}")).json()
    return found

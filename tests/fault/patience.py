"""Requests as people's clients make them: cut off or told to wait, the same one is sent again under
its key. Refuses to be told to wait without being told how long."""

import asyncio
from collections import Counter
from typing import Any
from uuid import uuid4

import httpx

PATIENCE_SECONDS = 120.0
TRY_AGAIN_SECONDS = 0.2

Statuses = Counter[int | str]


async def answered(
    client: httpx.AsyncClient,
    method: str,
    path: str,
    body: Any = None,
    *,
    key: str = "",
    statuses: Statuses | None = None,
) -> httpx.Response:
    """The answer in the end, whatever happens meanwhile; `statuses` counts every try."""
    headers = {"Idempotency-Key": key or str(uuid4())}
    counted: Statuses = Counter() if statuses is None else statuses
    async with asyncio.timeout(PATIENCE_SECONDS):
        while True:
            try:
                answer = await client.request(method, path, json=body, headers=headers)
            except httpx.TransportError:
                counted["cut off"] += 1
            else:
                counted[answer.status_code] += 1
                if not _says_to_wait(answer):
                    return answer
            await asyncio.sleep(TRY_AGAIN_SECONDS)  # as a program would


def _says_to_wait(answer: httpx.Response) -> bool:
    if answer.status_code == 503:
        assert answer.headers["Retry-After"], "told to wait, but not how long"
        return True
    # Cut off, but not killed: the first of the two may still be at work.
    return answer.status_code == 409 and answer.json().get("slug") == "still-running"

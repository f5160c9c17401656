"""Access to a running system for the owner of its data folder: to Kafka as administrator, to the
services as the first staff account. Raises NotRunning where nothing runs."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
from doorpakken_plumbing.kafka.records import Login

from doorpakken_local import credentials, state
from doorpakken_local.folder import DataFolder
from doorpakken_local.infrastructure import kafka_named_in
from doorpakken_local.services import FIRST_STAFF_EMAIL

HTTP_SECONDS = 10.0


class NotAnswered(Exception):
    """A service failed or refused a request; the message contains its explanation."""


def kafka_login(folder: DataFolder) -> Login:
    """The administrator's login on the Kafka that the environment names, or else on that of the
    running system. Raises NotRunning."""
    if named := kafka_named_in(os.environ):
        return named
    running = state.find(folder)
    own = credentials.find_or_make(folder).kafka.get(running.kafka_username)
    password = os.environ.get("KAFKA_PASSWORD") or (own.get_secret_value() if own else "")
    return Login(running.kafka_bootstrap, running.kafka_username, password)


@asynccontextmanager
async def signed_in(folder: DataFolder) -> AsyncIterator[httpx.AsyncClient]:
    url = state.find(folder).urls["registration"]
    async with httpx.AsyncClient(timeout=HTTP_SECONDS, trust_env=False) as client:
        login = {"email": FIRST_STAFF_EMAIL, "password": credentials.staff_password(folder)}
        answer = await ask(client, "POST", f"{url}/api/v1/staff/login", login)
        client.cookies.clear()
        client.headers["Authorization"] = f"Bearer {answer['token']}"
        yield client


async def ask(
    client: httpx.AsyncClient, method: str, url: str, body: dict[str, str] | None = None
) -> dict[str, object]:
    """The JSON of the answer; raises NotAnswered when the request fails or is refused."""
    try:
        answer = await client.request(method, url, json=body)
    except httpx.TransportError as error:
        raise NotAnswered(f"{url} does not answer: {error}") from error
    if not answer.is_success:
        raise NotAnswered(f"{url} answered {answer.status_code}: {_reason(answer)}")
    found: dict[str, object] = answer.json()
    return found


def _reason(answer: httpx.Response) -> str:
    if "json" in answer.headers.get("content-type", ""):
        body = answer.json()
        return str(body.get("detail") or body.get("title") or body)
    return answer.text[:200]

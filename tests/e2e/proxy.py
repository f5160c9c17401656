"""A reverse proxy as small as can be: one origin, a prefix for each service but the first, which is
taken off before it asks. Says who asked, and lets nobody claim to be another."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

import httpx
import uvicorn
from starlette.requests import Request
from starlette.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from tests.probe import becomes

# Where it asks from: an address of this machine that nobody else here uses.
ADDRESS = "127.0.0.2"
OF_THE_CONNECTION = {"connection", "keep-alive", "transfer-encoding"}


class Proxy:
    """ASGI; `upstreams` are the services by prefix, the empty one takes the rest."""

    def __init__(self, upstreams: Mapping[str, str]) -> None:
        self._upstreams = upstreams
        # No client: that would keep the cookies of one visitor for the next.
        self._wire = httpx.AsyncHTTPTransport(local_address=ADDRESS)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        asking = httpx.Request(
            request.method,
            self._inner(scope["raw_path"].decode(), request.url.query),
            headers=_told(request),
            content=await request.body(),
            extensions={"timeout": {}},
        )
        answer = await self._wire.handle_async_request(asking)
        try:
            await _passed(answer)(scope, receive, send)
        finally:
            await answer.aclose()

    def _inner(self, path: str, query: str) -> str:
        prefix = f"/{path.split('/')[1]}"
        known = prefix if prefix in self._upstreams else ""
        asked = f"?{query}" if query else ""
        return f"{self._upstreams[known]}{path.removeprefix(known)}{asked}"


@asynccontextmanager
async def served(proxy: Proxy) -> AsyncIterator[str]:
    """The proxy on a port of its own: its origin."""
    config = uvicorn.Config(proxy, port=0, lifespan="off", log_config=None, proxy_headers=False)
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve())

    async def has_started() -> bool:
        return server.started

    await becomes(has_started, True)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        await serving


def _passed(answer: httpx.Response) -> StreamingResponse:
    passed = StreamingResponse(answer.aiter_raw(), answer.status_code)
    passed.raw_headers = [
        (name.lower(), value)
        for name, value in answer.headers.raw
        if name.decode().lower() not in OF_THE_CONNECTION
    ]
    return passed


def _told(request: Request) -> list[tuple[str, str]]:
    """The client's headers, and who it is: `X-Forwarded-For` of its own is not passed on."""
    assert request.client is not None
    kept = [one for one in request.headers.items() if not one[0].startswith("x-forwarded-")]
    whom = [("x-forwarded-for", request.client.host), ("x-forwarded-proto", "http")]
    return [one for one in kept if one[0] not in OF_THE_CONNECTION] + whom

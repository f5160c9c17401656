"""Keeps other sites from posting with our visitors' cookies, without a token in every form.
Refuses an unsafe request that carries a cookie and does not come from one of our own pages."""

from collections.abc import Iterable
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from doorpakken_plumbing.errors import Forbidden
from doorpakken_plumbing.problems import problem_response

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})


class CrossOrigin(Forbidden):
    """The request comes from a page of another site."""

    slug = "cross-origin"


class SameOrigin:
    """ASGI middleware; browsers say where a request comes from, and bearers carry no cookie."""

    def __init__(self, app: ASGIApp, public_urls: Iterable[str]) -> None:
        self._app = app
        self._origins = frozenset(map(origin_of, public_urls))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] not in SAFE_METHODS:
            headers = Headers(scope=scope)
            if "cookie" in headers and not self._is_ours(headers):
                refusal = CrossOrigin("Send this form from our own page.")
                await problem_response(refusal)(scope, receive, send)
                return
        await self._app(scope, receive, send)

    def _is_ours(self, headers: Headers) -> bool:
        site = headers.get("sec-fetch-site")
        if site is not None:
            return site in ("same-origin", "none")
        return headers.get("origin") in self._origins


def origin_of(url: str) -> str:
    """The scheme, host and port of an address, as browsers write an origin."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"

"""Protection against cross-site requests, without a token in every form.
Refuses an unsafe request that has cookies and does not come from our own pages."""

from collections.abc import Iterable
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from doorpakken_plumbing.http.errors import Forbidden
from doorpakken_plumbing.http.problems import answer_of
from doorpakken_plumbing.identity.staff import bearer_of

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})


class CrossOrigin(Forbidden):
    """The request comes from a page of another site."""

    slug = "cross-origin"
    dutch = "Dit kwam van een andere website. Open onze pagina en probeer het daar."


class SameOrigin:
    """ASGI middleware. A bearer token alone identifies its request, and cookies beside it are
    dropped: no page of another site can send one, and clients with a cookie jar send both."""

    def __init__(self, app: ASGIApp, public_urls: Iterable[str]) -> None:
        self._app = app
        self._origins = frozenset(map(origin_of, public_urls))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            headers = Headers(scope=scope)
            if bearer_of(headers) is not None:
                # In the scope itself: outer middleware reads the route from it.
                scope["headers"] = [one for one in scope["headers"] if one[0] != b"cookie"]
            elif not (scope["method"] in SAFE_METHODS or self._may_post(headers)):
                refusal = CrossOrigin("Send this form from our own page.")
                await answer_of(scope, refusal)(scope, receive, send)
                return
        await self._app(scope, receive, send)

    def _may_post(self, headers: Headers) -> bool:
        if "cookie" not in headers:
            return True
        site = headers.get("sec-fetch-site")
        if site is not None:
            return site in ("same-origin", "none")
        return headers.get("origin") in self._origins


def origin_of(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"

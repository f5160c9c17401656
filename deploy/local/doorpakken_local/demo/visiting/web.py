"""HTTP for the people of the demo: one connection pool, a browser or a client for each person.
Refuses an unexpected answer and shows it."""

from collections.abc import Awaitable
from dataclasses import dataclass
from typing import Any, Self
from urllib.parse import urlencode, urljoin, urlsplit

import httpx
from selectolax.lexbor import LexborHTMLParser

from doorpakken_local.demo.stopped import StoryStopped
from doorpakken_local.demo.visiting.forms import Entries, Form, find_form

TIMEOUT_SECONDS = 30.0
# Servers close an idle connection after five seconds; the pool drops it earlier.
IDLE_SECONDS = 2.0
SHOWN_CHARACTERS = 600
PAGE = {"Accept": "text/html,application/xhtml+xml"}

API = "/api/v1"
Json = dict[str, Any]


class Unexpected(StoryStopped):
    """A service did not answer, or answered something else than the story needs."""


@dataclass(frozen=True)
class Page:
    """A page as a visitor sees it."""

    url: str
    html: str

    @property
    def text(self) -> str:
        return LexborHTMLParser(self.html).text()

    def form(self, *, leads_to: str = "", says: str = "") -> Form:
        return find_form(self.html, self.url, leads_to=leads_to, says=says)

    def link(self, *, ends_with: str) -> str:
        """The URL of the first link that ends in `ends_with`; raises Unexpected."""
        for node in LexborHTMLParser(self.html).css("a[href]"):
            address = node.attributes["href"] or ""
            if address.endswith(ends_with):
                return urljoin(self.url, address)
        raise Unexpected(f"{self.url} has no link to …{ends_with}")


class Web:
    """The connection pool of the demo; clients and browsers share it."""

    def __init__(self) -> None:
        self._wire = httpx.AsyncHTTPTransport(
            limits=httpx.Limits(
                max_connections=64,
                max_keepalive_connections=64,
                keepalive_expiry=IDLE_SECONDS,
            )
        )

    async def __aenter__(self) -> Self:
        await self._wire.__aenter__()
        return self

    async def __aexit__(self, *ending: Any) -> None:
        await self._wire.__aexit__(*ending)

    def client(self, base_url: str, auth: httpx.Auth | None = None) -> "Client":
        return Client(self._session(base_url=base_url, auth=auth))

    def browser(self, language: str = "nl") -> "Browser":
        headers = PAGE | {"Accept-Language": language}
        return Browser(self._session(headers=headers, follow_redirects=True))

    def _session(self, **options: Any) -> httpx.AsyncClient:
        return httpx.AsyncClient(
            transport=self._wire, trust_env=False, timeout=TIMEOUT_SECONDS, **options
        )


@dataclass(frozen=True)
class Client:
    """JSON in, JSON out; every method raises Unexpected for a missing or unsuccessful answer."""

    session: httpx.AsyncClient

    async def get(self, path: str, **query: str) -> Json:
        return read_json(await _answered(self.session.get(path, params=query)))

    async def post(self, path: str, body: Json | None = None) -> Json:
        return read_json(await _answered(self.session.post(path, json=body or {})))

    async def put(self, path: str, body: Json) -> Json:
        return read_json(await _answered(self.session.put(path, json=body)))

    async def delete(self, path: str) -> Json:
        return read_json(await _answered(self.session.delete(path)))


@dataclass(frozen=True)
class Browser:
    """Opens pages and sends forms as one visitor with their own cookies; raises Unexpected."""

    session: httpx.AsyncClient

    async def open(self, url: str) -> Page:
        return _page(await _answered(self.session.get(url)))

    async def send(self, form: Form, entries: Entries) -> Page:
        sending = self.session.post(
            form.action,
            content=urlencode(form.filled(entries)),
            headers={"Content-Type": "application/x-www-form-urlencoded", **_same(form.action)},
        )
        return _page(await _answered(sending))

    async def call(self, url: str, body: Json | None = None, *, method: str = "POST") -> Json:
        """Send the request that a script of the page would send, with this visitor's cookies."""
        sending = self.session.request(method, url, json=body, headers=_same(url))
        return read_json(await _answered(sending))


async def _answered(request: Awaitable[httpx.Response]) -> httpx.Response:
    """The answer, whatever its status; raises Unexpected when there is none."""
    try:
        return await request
    except httpx.TransportError as error:
        asked = f"{error.request.method} {error.request.url.copy_with(query=None)}"
        raise Unexpected(f"{asked}: no answer ({error or type(error).__name__})") from error


def read_json(answer: httpx.Response) -> Json:
    """The body of a successful answer, {} when empty; raises Unexpected."""
    _require_success(answer)
    body: Json = answer.json() if answer.content else {}
    return body


def _page(answer: httpx.Response) -> Page:
    _require_success(answer)
    return Page(str(answer.url), answer.text)


def _require_success(answer: httpx.Response) -> None:
    if not answer.is_success:
        asked = f"{answer.request.method} {answer.request.url.copy_with(query=None)}"
        raise Unexpected(f"{asked}: {answer.status_code} {_told(answer)[:SHOWN_CHARACTERS]}")


def _told(answer: httpx.Response) -> str:
    if "html" not in answer.headers.get("content-type", ""):
        return answer.text
    page = LexborHTMLParser(answer.text)
    shown = page.css_first("[role=alert]") or page.css_first("main") or page.body
    return " ".join(shown.text(separator=" ").split()) if shown else ""


def _same(url: str) -> dict[str, str]:
    """The headers that a browser adds to a same-origin request."""
    parts = urlsplit(url)
    return {"Origin": f"{parts.scheme}://{parts.netloc}", "Sec-Fetch-Site": "same-origin"}

"""ASGI middleware for every request: ids, span, metrics, one log line, safe headers.
Refuses bodies that are too large; an unexpected error becomes a 500 without details."""

import asyncio
import time
from collections.abc import Iterable

import structlog
from fastapi import FastAPI
from opentelemetry.trace import Span, SpanKind, Status, StatusCode
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uuid_utils import uuid7

from doorpakken_plumbing.http.errors import Refusal, StoreUnavailable, TooLarge
from doorpakken_plumbing.http.problems import add_problems, answer_of, come_back
from doorpakken_plumbing.identity.same_origin import SameOrigin, origin_of
from doorpakken_plumbing.observing.metrics import HTTP_SECONDS
from doorpakken_plumbing.observing.tracing import Origin, joined, span
from doorpakken_plumbing.settings import ServiceSettings

log = structlog.get_logger(__name__)

REQUEST_ID = "x-request-id"
REQUEST_ID_LENGTH_MAX = 64
# Requested every few seconds by probes: counted, but not logged.
QUIET_ROUTES = frozenset({"/healthz", "/readyz", "/metrics"})
STATIC_PREFIX = "/static/"


class InternalError(Refusal):
    """Something broke inside; the log knows what."""

    status = 500
    slug = "internal"


def install_middleware(app: FastAPI, settings: ServiceSettings) -> None:
    # The middleware added last is the outermost.
    add_problems(app)
    app.add_middleware(SameOrigin, public_urls=settings.public_urls)
    app.add_middleware(BodyLimit, limit_bytes=settings.body_limit_bytes)
    app.add_middleware(OpenWhenStarted)
    app.add_middleware(SafeHeaders, public_urls=settings.public_urls)
    app.add_middleware(RequestMiddleware)


class RequestMiddleware:
    """Gives a request its correlation id and span, and records its status and duration."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        origin, started_at, door = origin_of_request(scope), time.perf_counter(), _Door(send)
        door.request_id = origin.correlation_id or ""
        with span(scope["method"], origin, kind=SpanKind.SERVER) as made:
            try:
                await self._app(scope, receive, door.send)
            except asyncio.CancelledError:
                # The server stops and waited long enough. Raised on, it would be a 500.
                await door.ask_again(scope, receive)
            except Exception as error:
                log.error("request failed", route=route_of(scope), exc_info=error)
                await door.apologise(scope, receive)
            finally:
                self._tell(scope, made, door.status, time.perf_counter() - started_at)

    def _tell(self, scope: Scope, made: Span, status: int, seconds: float) -> None:
        method, route = scope["method"], route_of(scope)
        HTTP_SECONDS.labels(method, route, str(status)).observe(seconds)
        made.update_name(f"{method} {route}")
        made.set_attribute("http.response.status_code", status)
        if status >= 500:
            made.set_status(Status(StatusCode.ERROR))
        if route not in QUIET_ROUTES:
            log.info("request", method=method, route=route, status=status, ms=round(seconds * 1e3))


class _Door:
    """Wraps `send`: notes the status, and adds the request id to the answer."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self.request_id = ""
        self.status = 0  # stays 0 for a client that left before the answer

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            headers = message.setdefault("headers", [])
            headers.append((REQUEST_ID.encode(), self.request_id.encode()))
        await self._send(message)

    async def ask_again(self, scope: Scope, receive: Receive) -> None:
        if self.status:
            # The answer had begun, so the server cuts it off.
            raise asyncio.CancelledError
        stopping = StoreUnavailable(
            "This service stops now, and it is not known whether this was done. "
            "Send it again in a few seconds, with the same Idempotency-Key.",
            retry_after_seconds=scope["app"].state.settings.retry_after_seconds,
        )
        answer = come_back(scope["method"], Headers(scope=scope), stopping)
        await answer(scope, receive, self.send)

    async def apologise(self, scope: Scope, receive: Receive) -> None:
        refusal = InternalError("Something went wrong on our side. It was written down.")
        if self.status:
            # The answer had begun, so the server cuts it off.
            raise refusal
        await answer_of(scope, refusal)(scope, receive, self.send)


def origin_of_request(scope: Scope) -> Origin:
    headers = Headers(scope=scope)
    given, traceparent = headers.get(REQUEST_ID, ""), headers.get("traceparent")
    plain = given.replace("-", "")
    fits = plain.isalnum() and plain.isascii() and len(given) <= REQUEST_ID_LENGTH_MAX
    return Origin(
        correlation_id=given if fits else str(uuid7()),
        traceparent=joined(traceparent),
    )


def route_of(scope: Scope) -> str:
    """The route's template: a path may contain a link's token, a template never does."""
    path = getattr(scope.get("route"), "path", None)
    if path:
        return str(path)
    return "/static" if scope["path"].startswith(STATIC_PREFIX) else "unknown"


class OpenWhenStarted:
    """Answers 503 until the service has started; lets probes and static files through."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope.get("path", "")
        is_let_through = path in QUIET_ROUTES or path.startswith(STATIC_PREFIX)
        if scope["type"] != "http" or is_let_through or _has_started(scope):
            await self._app(scope, receive, send)
            return
        seconds = scope["app"].state.settings.retry_after_seconds
        starting = StoreUnavailable(
            "This service is starting. Nothing was done; ask again in a few seconds.",
            retry_after_seconds=seconds,
        )
        answer = come_back(scope["method"], Headers(scope=scope), starting)
        await answer(scope, receive, send)


def _has_started(scope: Scope) -> bool:
    service = scope["app"].state.service
    return service is None or bool(service.has_started)  # None: an app that runs without one


class BodyLimit:
    """Refuses a body above the limit, whether its length was announced or not."""

    def __init__(self, app: ASGIApp, limit_bytes: int) -> None:
        self._app = app
        self._limit_bytes = limit_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        announced = Headers(scope=scope).get("content-length", "0")
        if announced.isdecimal() and int(announced) > self._limit_bytes:
            refusal = TooLarge(f"A body has at most {self._limit_bytes} bytes.")
            await answer_of(scope, refusal)(scope, receive, send)
            return
        received_bytes = 0

        async def count() -> Message:
            nonlocal received_bytes
            message = await receive()
            received_bytes += len(message.get("body", b""))
            if received_bytes > self._limit_bytes:
                # The only class that FastAPI does not replace while it reads a body.
                raise HTTPException(413)
            return message

        await self._app(scope, count, send)


class SafeHeaders:
    """Pages load and send only from and to our own origins, in no frame and without a cache."""

    def __init__(self, app: ASGIApp, public_urls: Iterable[str]) -> None:
        self._app = app
        # Signing in redirects to another service, and browsers check where a form ends up.
        ours = " ".join(sorted(set(map(origin_of, public_urls))))
        policy = (
            "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
            f"frame-ancestors 'none'; form-action 'self' {ours}"
        )
        # A year, and for this host alone; on plain http, as on one machine, it has no effect.
        tls = [(b"strict-transport-security", b"max-age=31536000")]
        self._static_headers = [
            *(tls if all(url.startswith("https:") for url in public_urls) else ()),
            (b"content-security-policy", policy.encode()),
            (b"x-content-type-options", b"nosniff"),
            # Not `no-referrer`: with that, browsers also hide the Origin of our own forms.
            (b"referrer-policy", b"same-origin"),
        ]
        # Any page may be personal, so nothing outside /static is cached.
        self._headers = [*self._static_headers, (b"cache-control", b"no-store")]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        is_static = scope["path"].startswith(STATIC_PREFIX)
        wanted = self._static_headers if is_static else self._headers

        async def send_safely(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = message.setdefault("headers", [])
                given = {name for name, _ in headers}
                headers.extend(one for one in wanted if one[0] not in given)
            await send(message)

        await self._app(scope, receive, send_safely)

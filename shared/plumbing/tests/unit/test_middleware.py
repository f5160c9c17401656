"""What every request passes: ids and spans, one line in the log, safe headers, bounded bodies."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable

import httpx
import pytest
import structlog
from doorpakken_plumbing.http import middleware
from doorpakken_plumbing.observing.metrics import exposition
from doorpakken_plumbing.observing.tracing import Origin, start_spans
from doorpakken_plumbing.settings import ServiceSettings
from fastapi import FastAPI, Request
from structlog.testing import LogCapture

Make = Callable[..., FastAPI]
Visit = Callable[..., httpx.AsyncClient]
TRACE_ID = "4bf92f3577b34da6a3ce929d0e0e4736"
TRACEPARENT = f"00-{TRACE_ID}-00f067aa0ba902b7-01"


@pytest.fixture
def logged(monkeypatch: pytest.MonkeyPatch) -> LogCapture:
    """What the door logs; its own logger may be bound to stdout already."""
    capture = LogCapture()
    monkeypatch.setattr(middleware, "log", structlog.wrap_logger(None, processors=[capture]))
    return capture


@pytest.mark.parametrize(("scheme", "told"), [("https", "max-age=31536000"), ("http", None)])
@pytest.mark.parametrize("path", ["/healthz", "/static/x.css", "/nowhere"])
async def test_behind_tls_browsers_are_told_to_stay_there(
    make_app: Make, visit: Visit, scheme: str, told: str | None, path: str
) -> None:
    names = ("registration", "matching", "notification", "reporting")
    urls = {f"{name}_url": f"{scheme}://doorpakken.example/{name}" for name in names}
    answer = await visit(make_app(**urls)).get(path)
    assert answer.headers.get("strict-transport-security") == told


@pytest.fixture
def app(make_app: Make) -> FastAPI:
    app = make_app(body_limit_bytes=2048)

    @app.get("/l/{token}")
    async def follow(token: str) -> dict[str, str | None]:
        origin = Origin.current()
        return {"correlation": origin.correlation_id, "traceparent": origin.traceparent}

    @app.post("/size")
    async def size(request: Request) -> int:
        return len(await request.body())

    @app.post("/words")
    async def words(words: list[str]) -> int:
        return len(words)

    return app


async def test_a_request_is_named_and_its_name_comes_back(app: FastAPI, visit: Visit) -> None:
    answer = await visit(app).get("/l/t")
    assert answer.headers["x-request-id"] == answer.json()["correlation"]

    given = await visit(app).get("/l/t", headers={"x-request-id": "desk-7"})
    assert given.headers["x-request-id"] == given.json()["correlation"] == "desk-7"


async def test_who_waits_when_the_server_stops_is_asked_to_send_it_again(
    app: FastAPI, visit: Visit
) -> None:
    began = asyncio.Event()

    @app.post("/slow")
    async def slow() -> None:
        began.set()
        await asyncio.Event().wait()

    asking = asyncio.create_task(visit(app).post("/slow"))
    await began.wait()
    asking.cancel()  # as the server does with requests that are left
    answer = await asking
    assert (answer.status_code, answer.json()["slug"]) == (503, "store-unavailable")
    assert int(answer.headers["retry-after"]) > 0


@pytest.mark.parametrize("name", ["", "x" * 65, "a b", 'a"b', "amina@example.org", "é"])
async def test_odd_request_ids_are_replaced(app: FastAPI, visit: Visit, name: str) -> None:
    answer = await visit(app).get("/l/t", headers={b"x-request-id": name.encode()})
    assert answer.json()["correlation"].encode() != name.encode()


@pytest.mark.usefixtures("logged")
async def test_a_span_joins_the_callers_trace(
    app: FastAPI, visit: Visit, make_settings: Callable[..., ServiceSettings]
) -> None:
    settings = make_settings()
    stop = start_spans(settings)
    answer = await visit(app).get("/l/geheim", headers={"traceparent": TRACEPARENT})
    await visit(app).get("/l/geheim", headers={"traceparent": "00-0-0-00"})
    stop()
    joined, alone = map(json.loads, settings.span_file.read_text().splitlines())

    assert (joined["trace_id"], joined["parent_id"]) == (TRACE_ID, "00f067aa0ba902b7")
    assert answer.json()["traceparent"] == f"00-{TRACE_ID}-{joined['span_id']}-01"
    assert joined["name"] == "GET /l/{token}"
    assert joined["attributes"]["http.response.status_code"] == 200
    assert alone["trace_id"] != TRACE_ID
    assert alone["parent_id"] is None


async def test_one_line_tells_how_it_went_without_path_or_query(
    app: FastAPI, visit: Visit, logged: LogCapture
) -> None:
    await visit(app).get("/l/geheim?email=amina@example.org")

    (line,) = logged.entries
    assert (line["event"], line["method"], line["route"]) == ("request", "GET", "/l/{token}")
    assert line["status"] == 200
    assert "geheim" not in str(line)
    assert "amina" not in str(line)


async def test_an_unknown_path_is_not_written_down(
    app: FastAPI, visit: Visit, logged: LogCapture
) -> None:
    await visit(app).get("/geheim")

    assert [line["route"] for line in logged.entries] == ["unknown"]
    assert b"geheim" not in exposition().body


async def test_figures_count_by_template(app: FastAPI, visit: Visit) -> None:
    await visit(app).get("/l/one")
    await visit(app).get("/l/two")
    counted = 'doorpakken_http_seconds_count{method="GET",route="/l/{token}",status="200"}'
    assert counted in bytes(exposition().body).decode()


async def test_every_answer_has_safe_headers(app: FastAPI, visit: Visit) -> None:
    for path in ("/l/t", "/nowhere"):
        headers = (await visit(app).get(path)).headers
        policy = headers["content-security-policy"]
        assert "default-src 'self'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "http://127.0.0.1:8404" in policy.partition("form-action")[2]
        assert "unsafe" not in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"
        assert headers["cache-control"] == "no-store"


async def stream_of(size: int) -> AsyncIterator[bytes]:
    for _ in range(size // 64):
        yield b"x" * 64


@pytest.mark.parametrize("path", ["/size", "/words"])
async def test_a_body_above_the_limit_is_refused(app: FastAPI, visit: Visit, path: str) -> None:
    json_type = {"content-type": "application/json"}
    announced = await visit(app).post(path, content=b"x" * 2049, headers=json_type)
    streamed = await visit(app).post(path, content=stream_of(4096), headers=json_type)

    for answer in (announced, streamed):
        assert answer.status_code == 413
        assert answer.json()["slug"] == "body-too-large"


async def test_a_body_at_the_limit_is_read(app: FastAPI, visit: Visit) -> None:
    assert (await visit(app).post("/size", content=b"x" * 2048)).json() == 2048
    assert (await visit(app).post("/size", content=stream_of(2048))).json() == 2048

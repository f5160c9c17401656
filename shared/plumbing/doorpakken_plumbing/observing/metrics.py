"""Prometheus metrics of one instance; labels are few and never personal.
Two services in one process share these figures."""

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.metrics import Counter, Gauge, Histogram
from prometheus_client.process_collector import ProcessCollector
from starlette.responses import Response

REGISTRY = CollectorRegistry()
ProcessCollector(registry=REGISTRY)

_FAST = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)

HTTP_SECONDS = Histogram(
    "doorpakken_http_seconds",
    "How long requests took, by route template",
    ["method", "route", "status"],
    buckets=_FAST,
    registry=REGISTRY,
)
RELAY_SENT = Counter(
    "doorpakken_relay_sent", "Events the broker acknowledged", ["topic"], registry=REGISTRY
)
RELAY_FAILED = Counter(
    "doorpakken_relay_failed", "Batches the relay could not send", registry=REGISTRY
)
TOPIC_WAITING = Gauge(
    "doorpakken_topic_waiting",
    "Topics that take nothing from this instance now",
    ["topic"],
    registry=REGISTRY,
)
OUTBOX_PENDING = Gauge(
    "doorpakken_outbox_pending", "Events waiting for the broker", registry=REGISTRY
)
CONSUMED = Counter(
    "doorpakken_consumed",
    "Records by what became of them: applied, superseded, duplicate, parked",
    ["topic", "outcome"],
    registry=REGISTRY,
)
CONSUMER_LAG = Gauge("doorpakken_consumer_lag", "Records not yet handled", registry=REGISTRY)
HANDLER_SECONDS = Histogram(
    "doorpakken_handler_seconds",
    "How long the handling of one event took, without its commit",
    ["topic"],
    buckets=_FAST,
    registry=REGISTRY,
)
LANE_WAITING = Gauge("doorpakken_lane_waiting", "Commands waiting in lanes", registry=REGISTRY)
LANE_BATCH = Histogram(
    "doorpakken_lane_batch",
    "Commands decided in one transaction",
    buckets=(1, 2, 4, 8, 16, 32, 64),
    registry=REGISTRY,
)
TIMERS_FIRED = Counter(
    "doorpakken_timers_fired", "Timers that fired, by kind", ["kind"], registry=REGISTRY
)
TIMERS_DUE = Gauge("doorpakken_timers_due", "Timers due and not yet fired", registry=REGISTRY)
LIVE_STREAMS = Gauge("doorpakken_live_streams", "Live pages connected", registry=REGISTRY)


def exposition() -> Response:
    return Response(generate_latest(REGISTRY), media_type=CONTENT_TYPE_LATEST)

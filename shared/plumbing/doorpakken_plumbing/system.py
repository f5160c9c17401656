"""Endpoints for operators and probes: health, readiness, metrics, parked events.
Metrics are for staff (open on loopback in a local trial), actions for organisers only."""

from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST
from pydantic import BaseModel, ConfigDict

from doorpakken_plumbing.http.errors import Unauthorised
from doorpakken_plumbing.http.openapi import problems
from doorpakken_plumbing.identity.clients import address_of
from doorpakken_plumbing.identity.staff import EVERYWHERE, MaybeSignedIn, SignedIn, Staff
from doorpakken_plumbing.messaging import parking
from doorpakken_plumbing.messaging.outbox import OUTBOX, count_unsent
from doorpakken_plumbing.observing.metrics import CONSUMER_LAG, OUTBOX_PENDING, exposition
from doorpakken_plumbing.service import Service, ServiceDep
from doorpakken_plumbing.settings import LOOPBACK
from doorpakken_plumbing.time import clock, timers

router = APIRouter(tags=["system"])


def example(**fields: Any) -> ConfigDict:
    return ConfigDict(json_schema_extra={"examples": [fields]})


SUBJECT = "pitch/018b0af8-2c00-7000-8000-0000000000a1"


class Readiness(BaseModel):
    """Whether the instance is ready, and what it still waits for."""

    model_config = example(status="ready", reasons=[], topics_waiting=[])

    status: Literal["ready", "waiting"]
    reasons: list[str]
    topics_waiting: list[str] = []


class Health(BaseModel):
    """The process answers; `now` is its domain time."""

    model_config = example(status="ok", now="2023-10-06T09:00:00Z")

    status: Literal["ok"]
    now: datetime


class Figures(BaseModel):
    """Events pending and dead in the outbox, records not heard yet (None when unknown), parked
    messages, messages by what became of them, timers, the topics that take nothing with the
    reason, and what of the partnership is not set."""

    model_config = example(
        pending=0,
        dead=0,
        lag=0,
        parked=1,
        inbox={"applied": 214, "duplicate": 3},
        timers=12,
        topics_waiting={},
        settings_missing=["PRIVACY_URL"],
    )

    pending: int
    dead: int
    lag: int | None
    parked: int
    inbox: dict[str, int]
    timers: int
    topics_waiting: dict[str, str]
    settings_missing: list[str]


class ParkedMessage(BaseModel):
    """A message that no handler could apply; `waiting_behind` counts later ones of its subject."""

    model_config = example(
        id="018b0af8-2c00-7000-8000-0000000000b2",
        subject=SUBJECT,
        version=2,
        topic="pitch-updated",
        partition=1,
        offset=41,
        key="018b0af8-2c00-7000-8000-0000000000a1",
        state="parked",
        reason="ValidationError",
        tries=1,
        parked_at="2023-10-06T09:00:00Z",
        waiting_behind=0,
    )

    id: str
    subject: str
    version: int
    topic: str
    partition: int
    offset: int
    key: str
    state: Literal["parked", "retrying"]
    reason: str
    tries: int
    parked_at: datetime
    waiting_behind: int


class ParkedList(BaseModel):
    """Parked messages, oldest first."""

    model_config = example(items=[])

    items: list[ParkedMessage]


class Replay(BaseModel):
    """What becomes of a parked message; `subject` is the aggregate that is replayed."""

    model_config = example(status="retrying", subject=SUBJECT)

    status: Literal["retrying", "discarded"]
    subject: str


class Exposition(Response):
    """The text that Prometheus reads."""

    media_type = CONTENT_TYPE_LATEST


def organiser(staff: SignedIn) -> Staff:
    """Raises Forbidden unless the organiser role is for every gathering."""
    staff.require("organiser", EVERYWHERE)
    return staff


Organiser = Annotated[Staff, Depends(organiser)]


def watcher(request: Request, here: ServiceDep, staff: MaybeSignedIn) -> None:
    """Any member of staff, and anybody on loopback in a local trial."""
    if not staff and not (here.settings.is_local and address_of(request) in LOOPBACK):
        raise Unauthorised("Sign in as staff: POST /api/v1/staff/login at registration.")


@router.get("/healthz", summary="Whether the process answers")
async def healthz() -> Health:
    """The process answers; `now` is its domain time."""
    return Health(status="ok", now=clock.now())


@router.get("/readyz", summary="Whether it is ready", responses={503: {"model": Readiness}})
async def readyz(here: ServiceDep, response: Response) -> Readiness:
    """200 when it hears and answers, else 503 with the reasons."""
    reasons = here.why_not_ready()
    response.status_code = 503 if reasons else 200
    # A waiting topic does not make it unready: events on all other topics arrive.
    waiting = sorted(here.relay.topics_waiting.values())
    status: Literal["ready", "waiting"] = "waiting" if reasons else "ready"
    return Readiness(status=status, reasons=reasons, topics_waiting=waiting)


@router.get(
    "/metrics",
    summary="Figures for Prometheus",
    dependencies=[Depends(watcher)],
    response_class=Exposition,
)
async def metrics(here: ServiceDep) -> Response:
    """Prometheus text."""
    await figures(here)
    return exposition()


@router.get(
    "/system/figures",
    summary="Figures",
    dependencies=[Depends(watcher)],
    response_model=Figures,
)
async def figures(here: ServiceDep) -> dict[str, Any]:
    """Counts: events pending and dead in the outbox, records not heard yet, parked, timers; and the
    topics that take nothing, each with the reason."""
    pending = await count_unsent(here.mongo)
    lag = await here.consumer.lag()
    OUTBOX_PENDING.set(pending)
    CONSUMER_LAG.set(lag or 0)
    return {
        "pending": pending,
        "dead": await here.mongo[OUTBOX].count({"state": "dead"}),
        "lag": lag,
        "parked": await parking.count_parked(here.mongo),
        "inbox": _inbox(here),
        "timers": await timers.count_timers(here.mongo),
        "topics_waiting": here.relay.topics_waiting,
        "settings_missing": here.settings.missing_of_partnership,
    }


@router.get("/system/parked", summary="List what is parked", responses=problems(403))
async def list_parked(here: ServiceDep, staff: Organiser) -> ParkedList:
    """Poison messages, oldest first, with how many wait behind each."""
    rows = await parking.list_parked(here.mongo)
    return ParkedList(items=[ParkedMessage(id=row["_id"], **row) for row in rows])


@router.post(
    "/system/parked/{message_id}/retry",
    summary="Try a parked message again",
    responses=problems(403, 404),
)
async def retry_parked(message_id: str, here: ServiceDep, staff: Organiser) -> Replay:
    """Replays an aggregate in order, from this message on."""
    subject = await here.transact(lambda tx: parking.ask_retry(tx, message_id))
    return Replay(status="retrying", subject=subject)


@router.post(
    "/system/parked/{message_id}/discard",
    summary="Drop a parked message",
    responses=problems(403, 404),
)
async def discard_parked(message_id: str, here: ServiceDep, staff: Organiser) -> Replay:
    """Drops this message for good and replays what waited behind it."""
    subject = await here.transact(lambda tx: parking.discard(tx, message_id))
    return Replay(status="discarded", subject=subject)


def _inbox(here: Service) -> dict[str, int]:
    return {str(outcome): count for outcome, count in here.consumer.counts.items()}

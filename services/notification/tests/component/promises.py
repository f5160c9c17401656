"""Promises of one gathering, as registration tells of them."""

from datetime import UTC, date, datetime
from typing import Any

from doorpakken_events.catalogue import events_of
from doorpakken_events.registration import Asking, CommitmentState, SessionReported, Told

from services.notification.tests.component.gathering import FRIDAY, Gathering, Said

SUNDAY = datetime(2023, 10, 8, 7, tzinfo=UTC)
DUE = date(2023, 10, 7)
HOURS: dict[str, Any] = {"delivered_amount": 8, "amount": 8}
TOPICS = {event.TOPIC: event for event in events_of(CommitmentState.AGGREGATE)}


def told(what: str, at: datetime, due: date = DUE) -> Told:
    """What a timer told."""
    return Told(what=what, due=due, at=at)


def promise(
    gathering: Gathering,
    owner: str | None,
    version: int = 1,
    *,
    topic: str = "commitment-updated",
    name: str = "promise",
    **more: Any,
) -> Said:
    """Eight hours for the pitch, written down for its owner, who has to answer."""
    fields = {
        "commitment_id": f"{gathering.id}-{name}",
        "gathering_id": gathering.id,
        "pitch_id": f"{gathering.id}-pitch",
        "need_id": "need-octa",
        "kind": "promise",
        "category": "expertise",
        "unit": "hour",
        "person_id": gathering.person(owner) if owner else None,
        "made_by": "host",
        "what": "Hulp bij de boekhouding",
        "asked_amount": 8,
        "first_due": DUE,
        "due": DUE,
        "state": "proposed",
        "publication": "none",
        "asks": 1,
        "made_at": FRIDAY,
    }
    return TOPICS[topic].model_validate(fields | more), version


def reported(gathering: Gathering, *asked: str, version: int = 1, **more: Any) -> Said:
    """What came of the session, of which so many times was asked."""
    fields = {
        "session_id": gathering.session,
        "gathering_id": gathering.id,
        "told": tuple(Asking(what=what, due=DUE, at=SUNDAY) for what in asked),
        "state": "open",
    }
    return SessionReported.model_validate(fields | more), version

"""A promise at the gathering that the other services tell of."""

from datetime import timedelta
from typing import Any

from doorpakken_events.registration import CommitmentUpdated

from services.reporting.tests.component.world import START, Said, World


def promise(
    world: World, number: int, title: str, need: int, amount: int, version: int = 1, **more: Any
) -> Said:
    """Written down for its owner; `more` says what became of it."""
    fields = {
        "commitment_id": f"{world.id}-c{number}",
        "gathering_id": world.id,
        "pitch_id": f"{world.id}-{title}",
        "need_id": f"{world.id}-{title}-n{need}",
        "kind": "promise",
        "category": "placement",
        "unit": "place",
        "person_id": f"{world.id}-p{number}",
        "made_by": "host",
        "what": "Stageplekken",
        "asked_amount": amount,
        "amount": amount if more.get("state", "proposed") != "proposed" else None,
        "first_due": START.date() + timedelta(days=30),
        "due": START.date() + timedelta(days=30),
        "state": "proposed",
        "publication": "none",
        "made_at": START,
    }
    return CommitmentUpdated(**(fields | more)), version

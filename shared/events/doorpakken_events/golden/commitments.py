"""At the session of OCTA five places of Reigerbank are written down. Pieter says yes to four, gives
another date, and says that they are there; Rowena confirms it after some doubt. Kofi takes back
what he promised there."""

from datetime import date
from typing import Any

from doorpakken_events.golden import people
from doorpakken_events.golden.example import Example, at, id_at
from doorpakken_events.golden.pitches import OFFERED
from doorpakken_events.registration import (
    CommitmentAnswered,
    CommitmentConfirmed,
    CommitmentDelivered,
    CommitmentDisputed,
    CommitmentDueSoon,
    CommitmentMade,
    CommitmentOverdue,
    CommitmentProgressed,
    CommitmentReplanned,
    CommitmentUpdated,
    CommitmentWithdrawn,
    Told,
)

_MADE_AT = at(26, 14, 40)
_ASKED_AT = at(31, 8)
_ANSWERED_AT = at(1, 9, 15, month=11)
_DUE, _NEW_DUE = date(2023, 11, 24), date(2023, 12, 8)
_AGREEMENT = id_at(_MADE_AT, 101)
PROMISE_ID, ACTION_ID = id_at(_MADE_AT, 102), id_at(_MADE_AT, 103)

_MADE: dict[str, Any] = {
    "commitment_id": PROMISE_ID,
    "gathering_id": people.GATHERING,
    "pitch_id": people.OCTA_PITCH,
    "need_id": people.WORK_PLACES,
    "session_id": people.OCTA_SESSION,
    "agreement_id": _AGREEMENT,
    "offer_id": OFFERED.event.key,
    "kind": "promise",
    "category": "placement",
    "unit": "place",
    "organisation_id": people.REIGERBANK,
    "person_id": people.PIETER,
    "made_by": "host",
    "what": "Stageplekken voor mbo-studenten",
    "how": "Via de afdeling opleiding.",
    "asked_amount": 5,
    "first_due": _DUE,
    "due": _DUE,
    "planned_at": _MADE_AT,
    "state": "proposed",
    "publication": "none",
    "asks": 1,
    "made_at": _MADE_AT,
}
_ASKED_AGAIN = Told(what="asked_again_5", due=_DUE, at=_ASKED_AT)
_ASKED = _MADE | {"told": (_ASKED_AGAIN,)}
_ANSWERED = _ASKED | {
    "state": "accepted",
    "amount": 4,
    "publication": "with_name",
    "planned_at": _ANSWERED_AT,
    "answered_at": _ANSWERED_AT,
    "accepted_at": _ANSWERED_AT,
}
_PROGRESSED = _ANSWERED | {"delivered_amount": 1}
_PAST = Told(what="past_1", due=_DUE, at=at(25, 8, month=11))
_OVERDUE = _PROGRESSED | {"told": (_ASKED_AGAIN, _PAST)}
_REPLANNED = _OVERDUE | {"due": _NEW_DUE, "replans": 1, "planned_at": at(25, 9, month=11)}
_DELIVERED = _REPLANNED | {
    "state": "delivered",
    "delivered_amount": 4,
    "delivered_at": at(6, 10, month=12),
}
_DISPUTED = _DELIVERED | {"state": "disputed", "disputed_at": at(7, 10, month=12)}
_CONFIRMED = _DISPUTED | {
    "state": "confirmed",
    "confirmed_amount": 4,
    "confirmed_at": at(8, 10, month=12),
}
_ACTION = _MADE | {
    "commitment_id": ACTION_ID,
    "need_id": None,
    "offer_id": None,
    "kind": "action",
    "category": None,
    "unit": None,
    "organisation_id": None,
    "person_id": people.KOFI,
    "made_by": "owner",
    "what": "De zaal regelen voor de volgende keer",
    "how": "",
    "asked_amount": None,
    "state": "ended",
    "reason": "withdrawn",
    "asks": 0,
    "accepted_at": _MADE_AT,
    "ended_at": at(3, 9, month=11),
}

EXAMPLES = (
    Example(CommitmentMade(**_MADE), version=1, time=_MADE_AT, number=121),
    Example(CommitmentDueSoon(**_ASKED), version=2, time=_ASKED_AT, number=122),
    Example(CommitmentAnswered(**_ANSWERED), version=3, time=_ANSWERED_AT, number=123),
    Example(CommitmentProgressed(**_PROGRESSED), version=4, time=at(20, 9, month=11), number=124),
    Example(CommitmentOverdue(**_OVERDUE), version=5, time=at(25, 8, month=11), number=125),
    Example(CommitmentReplanned(**_REPLANNED), version=6, time=at(25, 9, month=11), number=126),
    Example(CommitmentDelivered(**_DELIVERED), version=7, time=at(6, 10, month=12), number=127),
    Example(CommitmentDisputed(**_DISPUTED), version=8, time=at(7, 10, month=12), number=128),
    Example(CommitmentConfirmed(**_CONFIRMED), version=9, time=at(8, 10, month=12), number=129),
    Example(
        CommitmentUpdated(**_CONFIRMED | {"publication": "without_name"}),
        version=10,
        time=at(8, 11, month=12),
        number=130,
    ),
    Example(CommitmentWithdrawn(**_ACTION), version=2, time=at(3, 9, month=11), number=131),
)

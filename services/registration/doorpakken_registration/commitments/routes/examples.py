"""Examples of commitments, for the API's description."""

from typing import Any

from doorpakken_registration.gatherings.routes.examples import GATHERING
from doorpakken_registration.people.routes.examples import REIGERBANK, ROWENA
from doorpakken_registration.pitches.routes.examples import OCTA, PLACEMENTS
from doorpakken_registration.web.examples import listed

COMMITMENT = "018a9b40-5c10-7c3e-9d52-5b0a3c1f0151"

_PROMISE: dict[str, Any] = {
    "what": "stageplekken",
    "due": "2030-01-24",
    "how": "Via de afdeling opleiding.",
    "need_id": PLACEMENTS,
    "amount": 4,
    "unit": "place",
    "organisation_id": REIGERBANK,
    "publication": "with_name",
}
_VIEW: dict[str, Any] = {
    "id": COMMITMENT,
    "version": 1,
    "gathering_id": GATHERING,
    "pitch_id": OCTA,
    "need_id": PLACEMENTS,
    "session_id": None,
    "agreement_id": None,
    "offer_id": None,
    "endorsement_id": None,
    "kind": "promise",
    "category": "placement",
    "unit": "place",
    "organisation_id": REIGERBANK,
    "person_id": ROWENA,
    "made_by": "owner",
    "what": "stageplekken",
    "how": "Via de afdeling opleiding.",
    "asked_amount": None,
    "amount": 4,
    "delivered_amount": None,
    "confirmed_amount": None,
    "first_due": "2024-01-24",
    "due": "2024-01-24",
    "replans": 0,
    "consult_until": None,
    "state": "accepted",
    "reason": None,
    "publication": "with_name",
    "made_at": "2023-10-26T14:40:00Z",
    "answered_at": None,
    "accepted_at": "2023-10-26T14:40:00Z",
    "delivered_at": None,
    "confirmed_at": None,
    "disputed_at": None,
    "ended_at": None,
    "marks": [],
}
_WHY = "Het past dit kwartaal niet."

EXAMPLES: dict[str, dict[str, Any]] = {
    "PromiseBody": _PROMISE,
    "CommitmentView": _VIEW,
    "CommitmentList": listed(_VIEW),
    "AcceptBody": {"amount": 3, "due": "2030-01-24", "publication": "without_name"},
    "UntilBody": {"until": "2030-01-10"},
    "SomebodyBody": {"person_id": ROWENA},
    "TakeOverBody": {"is_taken": True},
    "ReasonBody": {"reason": _WHY},
    "MaybeReasonBody": {"reason": _WHY},
    "ReplanBody": {"due": "2030-02-24", "reason": _WHY},
    "ProgressBody": {"note": "De eerste twee zijn begonnen.", "done": 2},
    "AmountBody": {"amount": 4},
    "PublicationBody": {"publication": "none"},
    "CorrectionBody": {
        "what": "stageplekken",
        "how": "Via de afdeling opleiding.",
        "due": "2030-01-24",
        "amount": 4,
        "reason": "Er stond 40, het zijn er 4.",
    },
    "SettleBody": {"received": 3, "reason": "Wij belden met beiden."},
}

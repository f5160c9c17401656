"""Examples of claims, for the API's description."""

from typing import Any

from doorpakken_registration.gatherings.routes.examples import GATHERING
from doorpakken_registration.people.routes.examples import GLADYS, WHO
from doorpakken_registration.web.examples import listed

CLAIM = "018a9b40-5c10-7c3e-9d52-5b0a3c1f0091"

_CLAIM: dict[str, Any] = {
    "id": CLAIM,
    "person_id": GLADYS,
    "kind": "sign_up",
    "gathering_id": GATHERING,
    "told": {"kind": "local_entrepreneur", "arrangements": ["interpreter"]},
    "state": "waiting",
    "arrived_at": "2023-10-04T08:00:00Z",
    "answered_at": None,
    "has_place": False,
}
_NAMED_CLAIM: dict[str, Any] = _CLAIM | {one: WHO[one] for one in ("name", "email", "phone")}

EXAMPLES: dict[str, Any] = {
    "ClaimView": _CLAIM,
    "NamedClaim": _NAMED_CLAIM,
    "ClaimList": listed(_NAMED_CLAIM),
    "OwnClaims": {"items": [_CLAIM]},
}

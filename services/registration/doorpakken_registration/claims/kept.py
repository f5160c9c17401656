"""What is kept of a person that others typed in their name."""

from doorpakken_registration.claims import claims
from doorpakken_registration.common.kept import A_MONTH, CLAIMED, Kept, Shown

KEPT = (
    Kept(
        "claims",
        Shown(
            "Wat met uw naam is ingevuld",
            CLAIMED,
            A_MONTH,
            at="arrived_at",
            fields={"kind": "claim_kind", "state": "claim_state", "texts": None},
        ),
        person="person_id",
        forgetter=claims.forget,
    ),
)

"""A portrait that stands for many, and what somebody at its table noticed."""

from doorpakken_events.golden import people
from doorpakken_events.golden.example import Example, at, id_at
from doorpakken_events.registration import PersonaDescribed, PerspectiveShared

PORTRAIT = Example(
    PersonaDescribed(
        persona_id=people.GLADYS_PORTRAIT,
        gathering_id=people.GATHERING,
        title="Dit is Gladys",
        summary="38, moeder van drie, begint een catering.",
        motivations=("Van haar werk leven", "Een voorbeeld zijn voor haar kinderen"),
        frustrations=("Geen opvang op cursustijden", "Regels in moeilijke taal"),
        need_ids=(people.COACHING,),
    ),
    version=1,
    time=at(1, 9),
    number=71,
)
INSIGHT = Example(
    PerspectiveShared(
        perspective_id=id_at(at(6, 14), 99),
        gathering_id=people.GATHERING,
        persona_id=people.GLADYS_PORTRAIT,
        text="Een cursus op zaterdag met een kinderhoek lost twee dingen tegelijk op.",
        state="approved",
        shared_at=at(6, 14),
    ),
    version=2,
    time=at(6, 14, 5),
    number=72,
)

EXAMPLES = (PORTRAIT, INSIGHT)

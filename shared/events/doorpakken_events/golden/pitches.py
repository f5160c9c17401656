"""Rowena Zilverspar pitches OCTA, staff accept it and Reigerbank believes in it."""

from datetime import date

from doorpakken_events.golden import people
from doorpakken_events.golden.example import Example, at
from doorpakken_events.registration import Need, PitchEndorsed, PitchReviewed, PitchSubmitted

_HANDED_IN = PitchSubmitted(
    pitch_id=people.OCTA_PITCH,
    gathering_id=people.GATHERING,
    kind="project",
    title="OCTA: jongeren en bedrijven vinden elkaar",
    summary="Een platform waar jongeren uit Zuidoost een stage vinden bij een bedrijf dichtbij.",
    pitchers=(people.ROWENA,),
    organisation_id=people.OCTA,
    needs=(
        Need(
            need_id=people.WORK_PLACES,
            category="placement",
            description="Stageplekken voor mbo-studenten",
            amount=15,
            unit="place",
            wanted_by=date(2024, 2, 3),
        ),
        Need(
            need_id=people.COACHING,
            category="expertise",
            description="Coaching van jongeren",
            amount=8,
            unit="trajectory",
            wanted_by=date(2024, 1, 14),
        ),
        Need(
            need_id=people.MEETINGS,
            category="network",
            description="Kennismaking met afdelingen personeelszaken",
            amount=10,
            unit="introduction",
            wanted_by=date(2023, 11, 15),
        ),
    ),
    state="submitted",
    submitted_at=at(20, 14, month=9),
)
_ACCEPTED = _HANDED_IN.model_dump() | {"state": "accepted", "reviewed_at": at(22, 8, month=9)}

SUBMITTED = Example(_HANDED_IN, version=1, time=at(20, 14, month=9), number=21)
REVIEWED = Example(PitchReviewed(**_ACCEPTED), version=2, time=at(22, 8, month=9), number=22)
ENDORSED = Example(
    PitchEndorsed(
        endorsement_id=people.REIGERBANK,
        gathering_id=people.GATHERING,
        pitch_id=people.OCTA_PITCH,
        organisation_id=people.REIGERBANK,
        stance="believes",
        state="confirmed",
        reason="Talent is er. Het netwerk ontbreekt.",
        endorsed_at=at(6, 15),
    ),
    version=1,
    time=at(6, 15),
    number=23,
)

EXAMPLES = (SUBMITTED, REVIEWED, ENDORSED)

"""Rowena Zilverspar pitches OCTA, staff accept it, Reigerbank believes in it and offers places;
one need is closed again, and another
pitch and some support are taken back."""

from datetime import date

from doorpakken_events.golden import people
from doorpakken_events.golden.example import Example, at, id_at
from doorpakken_events.registration import (
    EndorsementWithdrawn,
    Need,
    NeedOffered,
    OfferWithdrawn,
    PitchEndorsed,
    PitchReviewed,
    PitchSubmitted,
    PitchUpdated,
    PitchWithdrawn,
)

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

_MEETINGS = _HANDED_IN.needs[2].model_copy(
    update={
        "continues": people.EARLIER_MEETINGS,
        "closed_at": at(25, 8, month=9),
        "closed_reason": "elsewhere",
    }
)
_CHANGED = {
    "pitchers": (people.ROWENA, people.PIETER),
    "continues": people.SPRING_PITCH,
    "needs": (*_HANDED_IN.needs[:2], _MEETINGS),
}

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
UPDATED = Example(
    PitchUpdated(**_ACCEPTED | _CHANGED),
    version=3,
    time=at(25, 8, month=9),
    number=24,
)
WITHDRAWN = Example(
    PitchWithdrawn(
        pitch_id=people.REPAIR_PITCH,
        gathering_id=people.GATHERING,
        kind="idea",
        title="Reparatiehuis Gein",
        summary="Spullen repareren in plaats van weggooien.",
        pitchers=(people.KOFI,),
        needs=(),
        state="withdrawn",
        submitted_at=at(21, 9, month=9),
        reason="Wij beginnen later.",
    ),
    version=2,
    time=at(12, 8, 30),
    number=25,
)
UNENDORSED = Example(
    EndorsementWithdrawn(
        endorsement_id=people.REIGERBANK_SUPPORT,
        gathering_id=people.GATHERING,
        pitch_id=people.REPAIR_PITCH,
        organisation_id=people.REIGERBANK,
        stance="joins",
        state="withdrawn",
        endorsed_at=at(6, 15, 10),
    ),
    version=2,
    time=at(9, 10),
    number=26,
)
_OFFER = NeedOffered(
    offer_id=id_at(at(6, 15, 20), 95),
    gathering_id=people.GATHERING,
    pitch_id=people.OCTA_PITCH,
    need_id=people.WORK_PLACES,
    category="placement",
    amount=4,
    unit="place",
    person_id=people.PIETER,
    organisation_id=people.REIGERBANK,
    state="offered",
    offered_at=at(6, 15, 20),
)
OFFERED = Example(_OFFER, version=1, time=at(6, 15, 20), number=27)
UNOFFERED = Example(
    OfferWithdrawn(
        offer_id=id_at(at(6, 15, 30), 96),
        gathering_id=people.GATHERING,
        category="money",
        amount=250_000,
        unit="euro_cent",
        organisation_id=people.REIGERBANK,
        state="withdrawn",
        offered_at=at(6, 15, 30),
    ),
    version=2,
    time=at(10, 9),
    number=28,
)

EXAMPLES = (SUBMITTED, REVIEWED, ENDORSED, UPDATED, WITHDRAWN, UNENDORSED, OFFERED, UNOFFERED)

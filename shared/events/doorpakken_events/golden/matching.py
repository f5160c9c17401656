"""The plan after the gathering: two work sessions, one moved and one called off, who is asked to
lead, and what suits Pieter."""

from doorpakken_events.golden import people
from doorpakken_events.golden.example import Example, at
from doorpakken_events.matching import (
    HostAsked,
    PlanPublished,
    Reason,
    SessionCancelled,
    SessionLink,
    SessionRescheduled,
    SessionScheduled,
    SessionsRecommended,
    SessionTookPlace,
    SlotChoice,
    Suggestion,
)

_PUBLISHED_AT = at(7, 9)

SCHEDULED = Example(
    SessionScheduled(
        session_id=people.OCTA_SESSION,
        gathering_id=people.GATHERING,
        run_id=people.RUN,
        pitch_id=people.OCTA_PITCH,
        need_ids=(people.WORK_PLACES, people.COACHING, people.MEETINGS),
        host=people.ROWENA,
        starts_at=at(26, 13),
        ends_at=at(26, 15),
        place="Zaal Reiger",
        address="Reigerlaan 10, Amsterdam",
        capacity_min=6,
        capacity_max=10,
        mix={"covenant_partner": 4, "local_entrepreneur": 3, "community_member": 3},
        state="scheduled",
    ),
    version=1,
    time=_PUBLISHED_AT,
    number=41,
)
RECOMMENDED = Example(
    SessionsRecommended(
        attendee_id=people.PIETER_AT_GATHERING,
        gathering_id=people.GATHERING,
        run_id=people.RUN,
        seats=(
            Suggestion(
                session_id=people.OCTA_SESSION,
                score=840,
                reasons=(
                    Reason(
                        code="offer_meets_need",
                        need_id=people.WORK_PLACES,
                        category="placement",
                    ),
                    Reason(code="shared_interest", word="stage"),
                ),
            ),
        ),
        alternatives=(
            Suggestion(
                session_id=people.REPAIR_SESSION,
                score=310,
                reasons=(Reason(code="kind_is_scarce"),),
            ),
        ),
    ),
    version=1,
    time=_PUBLISHED_AT,
    number=42,
)
PLAN = Example(
    PlanPublished(
        run_id=people.RUN,
        gathering_id=people.GATHERING,
        recommendations=1,
        sessions=2,
        answer_by=at(11, 21, 59),
        published_at=_PUBLISHED_AT,
    ),
    version=1,
    time=_PUBLISHED_AT,
    number=43,
)
REPAIR_CANCELLED = Example(
    SessionCancelled(
        session_id=people.REPAIR_SESSION,
        gathering_id=people.GATHERING,
        run_id=people.RUN,
        pitch_id=people.REPAIR_PITCH,
        starts_at=at(18, 17),
        ends_at=at(18, 19),
        place="Zaal Ara",
        address="Reigerlaan 10, Amsterdam",
        capacity_min=4,
        capacity_max=8,
        state="cancelled",
        reason="Er waren te weinig aanmeldingen.",
    ),
    version=2,
    time=at(12, 9),
    number=44,
)
RESCHEDULED = Example(
    SessionRescheduled(
        **SCHEDULED.event.model_dump(exclude={"starts_at", "ends_at", "state"}),
        starts_at=at(27, 13),
        ends_at=at(27, 15),
        state="rescheduled",
    ),
    version=2,
    time=at(10, 9),
    number=45,
)
TOOK_PLACE = Example(
    SessionTookPlace(**RESCHEDULED.event.model_dump(exclude={"state"}), state="took_place"),
    version=3,
    time=at(28, 9, 31),
    number=142,
)
ASKED = Example(
    HostAsked(
        hosting_id=people.OCTA_HOSTING,
        gathering_id=people.GATHERING,
        session_id=people.OCTA_SESSION,
        person_id=people.ROWENA,
        ask=1,
        starts_at=at(26, 13),
        ends_at=at(26, 15),
        other_slots=(
            SlotChoice(slot_id=people.TUESDAY, starts_at=at(24, 8), ends_at=at(24, 10)),
            SlotChoice(slot_id=people.WEDNESDAY, starts_at=at(25, 17), ends_at=at(25, 19)),
        ),
        state="asked",
        asked_at=_PUBLISHED_AT,
    ),
    version=1,
    time=_PUBLISHED_AT,
    number=46,
)

LINK = Example(
    SessionLink(
        session_id=people.OCTA_SESSION,
        gathering_id=people.GATHERING,
        link="https://bellen.doorpakken.example/octa",
    ),
    version=1,
    time=_PUBLISHED_AT,
    number=73,
)

EXAMPLES = (LINK, SCHEDULED, RECOMMENDED, PLAN, REPAIR_CANCELLED, RESCHEDULED, TOOK_PLACE, ASKED)

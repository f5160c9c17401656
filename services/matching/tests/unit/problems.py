"""Problems for tests: people, pitches and places with as few words as a test needs."""

from datetime import UTC, datetime, timedelta

from doorpakken_events.registration import (
    AttendeeState,
    Need,
    NeedOffered,
    PitchEndorsed,
    PitchState,
    WishesStated,
)
from doorpakken_matching.model.places import Room, Slot
from doorpakken_matching.model.problem import Parameters, Problem

START = datetime(2023, 10, 17, 8, tzinfo=UTC)
SAID = datetime(2023, 10, 6, 15, tzinfo=UTC)


def attendee(
    name: str,
    *,
    person: str | None = None,
    kind: str = "community_member",
    organisation: str | None = None,
    interests: tuple[str, ...] = (),
    offers: tuple[str, ...] = (),
    availability: tuple[str, ...] = (),
) -> AttendeeState:
    """Somebody who is checked in."""
    return AttendeeState(
        attendee_id=name,
        gathering_id="g",
        person_id=person or f"person-{name}",
        kind=kind,
        organisation_id=organisation,
        language="nl",
        availability=availability,
        interests=interests,
        offers=offers,
        state="checked_in",
        registered_at=SAID,
        checked_in_at=SAID,
    )


UNIT = {
    "money": "euro_cent",
    "expertise": "hour",
    "people": "person",
    "space": "day_part",
    "network": "introduction",
    "promotion": "publication",
    "placement": "place",
    "equipment": "piece",
}


def pitch(
    name: str,
    *,
    pitchers: tuple[str, ...] | None = None,
    needs: tuple[str, ...] = ("expertise",),
    title: str = "",
    summary: str = "",
) -> PitchState:
    """An accepted pitch; by default somebody's who is not among the attendees."""
    return PitchState(
        pitch_id=name,
        gathering_id="g",
        kind="project",
        title=title or name,
        summary=summary,
        pitchers=(f"pitcher-{name}",) if pitchers is None else pitchers,
        needs=tuple(
            Need(
                need_id=f"{name}-{category}",
                category=category,
                description="",
                amount=1,
                unit=UNIT[category],
            )
            for category in needs
        ),
        state="accepted",
        submitted_at=SAID,
    )


def support(
    pitch_id: str,
    *,
    person: str | None = None,
    organisation: str | None = None,
    state: str = "confirmed",
) -> PitchEndorsed:
    """Support for a pitch."""
    return PitchEndorsed(
        endorsement_id=f"{pitch_id}-{person or organisation}",
        gathering_id="g",
        pitch_id=pitch_id,
        person_id=person,
        organisation_id=organisation,
        stance="believes",
        state=state,
        endorsed_at=SAID,
    )


def wish(name: str, *pitch_ids: str) -> WishesStated:
    """What an attendee wants to work on, the dearest first."""
    return WishesStated(attendee_id=name, gathering_id="g", pitch_ids=pitch_ids, stated_at=SAID)


def offer(
    need_id: str | None,
    category: str,
    *,
    person: str | None = None,
    organisation: str | None = None,
    state: str = "offered",
) -> NeedOffered:
    """An offer of one toward a need, or toward a category."""
    return NeedOffered(
        offer_id=f"{need_id}-{person or organisation}",
        gathering_id="g",
        need_id=need_id,
        category=category,
        amount=1,
        unit=UNIT[category],
        person_id=person,
        organisation_id=organisation,
        state=state,
        offered_at=SAID,
    )


def slot(name: str, *, after_hours: float = 0, hours: float = 2) -> Slot:
    """A slot that starts some hours after the first."""
    starts_at = START + timedelta(hours=after_hours)
    return Slot(slot_id=name, starts_at=starts_at, ends_at=starts_at + timedelta(hours=hours))


def room(name: str, capacity: int = 10) -> Room:
    """A room."""
    return Room(room_id=name, name=name, capacity=capacity)


def problem(
    attendees: tuple[AttendeeState, ...] = (),
    pitches: tuple[PitchState, ...] = (),
    *,
    rooms: tuple[Room, ...] = (room("r1"),),
    slots: tuple[Slot, ...] = (slot("s1"),),
    parameters: Parameters | None = None,
    **more: object,
) -> Problem:
    """A problem of one room and one slot unless told otherwise."""
    return Problem(
        gathering_id="g",
        attendees=attendees,
        pitches=pitches,
        rooms=rooms,
        slots=slots,
        parameters=parameters or Parameters(),
    ).model_copy(update=more)

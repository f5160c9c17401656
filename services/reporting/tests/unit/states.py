"""States as events tell them, one line each, all of gathering `g`."""

from datetime import UTC, datetime, timedelta
from typing import Any

from doorpakken_events.matching import PlanPublished, SessionScheduled, SessionState
from doorpakken_events.notification import MailSent, MailState
from doorpakken_events.registration import (
    AttendeeRegistered,
    AttendeeState,
    CommitmentState,
    CommitmentUpdated,
    GatheringPublished,
    GatheringState,
    HostAnswered,
    InvitationAnswered,
    Need,
    NeedOffered,
    OrganisationDescribed,
    PerspectiveShared,
    PitchEndorsed,
    PitchReviewed,
    PitchState,
    SessionJoined,
    SignUpState,
    Venue,
    WishesStated,
)

AT = datetime(2023, 10, 6, 13, 0, tzinfo=UTC)


def attendee(number: int, state: str, kind: str = "other", **more: Any) -> AttendeeState:
    fields = {
        "attendee_id": f"a{number}",
        "gathering_id": "g",
        "person_id": f"p{number}",
        "kind": kind,
        "language": "nl",
        "state": state,
        "registered_at": AT,
    }
    # As a reader of events does: kinds that are not known yet pass.
    return AttendeeRegistered.model_validate(fields | more, context={"reading": True})


def pitch(name: str, state: str, *needs: Need) -> PitchState:
    return PitchReviewed(
        pitch_id=name,
        gathering_id="g",
        kind="idea",
        title=name,
        summary="",
        pitchers=("p1",),
        needs=needs,
        state=state,
        submitted_at=AT,
    )


def support(name: str, state: str) -> PitchEndorsed:
    return PitchEndorsed(
        endorsement_id=f"{name}-{state}",
        gathering_id="g",
        pitch_id=name,
        person_id="p2",
        stance="joins",
        state=state,
        endorsed_at=AT,
    )


def organisation(name: str, merged_into: str | None = None) -> OrganisationDescribed:
    return OrganisationDescribed(
        organisation_id=name, name=name, kind="other", merged_into=merged_into
    )


def offer(
    need: str | None, amount: int, unit: str, *, category: str = "space", state: str = "offered"
) -> NeedOffered:
    return NeedOffered(
        offer_id=f"o-{need}-{amount}",
        gathering_id="g",
        need_id=need,
        category=category,
        amount=amount,
        unit=unit,
        state=state,
        offered_at=AT,
    )


def wishes(number: int, *pitches: str) -> WishesStated:
    return WishesStated(attendee_id=f"a{number}", gathering_id="g", pitch_ids=pitches, stated_at=AT)


def insight(number: int, state: str) -> PerspectiveShared:
    return PerspectiveShared(
        perspective_id=f"i{number}",
        gathering_id="g",
        persona_id="r",
        text="Inzicht",
        state=state,
        shared_at=AT,
    )


def session(**changes: Any) -> SessionState:
    fields = {
        "session_id": "s",
        "gathering_id": "g",
        "run_id": "r",
        "pitch_id": "a",
        "host": "p1",
        "starts_at": AT,
        "ends_at": AT,
        "place": "Zaal",
        "capacity_min": 1,
        "capacity_max": 10,
        "state": "scheduled",
    }
    return SessionScheduled.model_validate(fields | changes)


def seat(number: int, state: str) -> SignUpState:
    return SessionJoined(
        sign_up_id=f"u{number}",
        gathering_id="g",
        session_id="s",
        attendee_id=f"a{number}",
        state=state,
        reason="left" if state == "ended" else None,
        signed_up_at=AT,
    )


def host(hosting: str, person: str, word: str, hours: int) -> HostAnswered:
    return HostAnswered(
        hosting_id=hosting,
        gathering_id="g",
        session_id="s",
        person_id=person,
        ask=1,
        answer=word,
        answered_at=AT + timedelta(hours=hours),
    )


def invitation(number: int, state: str, kind: str = "invitation") -> MailState:
    return MailSent(
        mail_id=f"i{number}-{kind}",
        person_id=f"p{number}",
        kind=kind,
        channel="mail",
        state=state,
        at=AT,
    )


def answer(number: int, word: str, wave: str, hours: int) -> InvitationAnswered:
    return InvitationAnswered(
        answer_id=f"{wave}-{number}",
        gathering_id="g",
        wave_id=wave,
        attendee_id=f"a{number}",
        answer=word,
        answered_at=AT + timedelta(hours=hours),
    )


PLAN = PlanPublished(
    run_id="r", gathering_id="g", recommendations=5, sessions=1, answer_by=AT, published_at=AT
)


def gathering() -> GatheringState:
    return GatheringPublished(
        gathering_id="g",
        title="Derde bijeenkomst",
        starts_at=AT,
        ends_at=AT + timedelta(hours=3),
        venue=Venue(name="De Dreef"),
        state="took_place",
    )


def promise(
    need: str | None, amount: int, unit: str, state: str = "accepted", **more: Any
) -> CommitmentState:
    """By organisation `o1` for a month later, accepted after twenty days; an action without a
    need."""
    due = (AT + timedelta(days=30)).date()
    fields: dict[str, Any] = {
        "commitment_id": f"c-{need}-{amount}-{state}",
        "gathering_id": "g",
        "pitch_id": "a",
        "need_id": need,
        "kind": "promise" if need else "action",
        "unit": unit,
        "organisation_id": "o1",
        "made_by": "host",
        "what": "Hulp",
        "amount": amount,
        "first_due": due,
        "due": due,
        "state": state,
        "publication": "none",
        "made_at": AT,
        "accepted_at": AT + timedelta(days=20),
    }
    return CommitmentUpdated.model_validate(fields | more)

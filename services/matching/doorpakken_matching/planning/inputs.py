"""Reads the inputs of a run. Refuses, with the reason, when there is nothing to plan."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from doorpakken_events import states
from doorpakken_events.registration import (
    AttendeeState,
    EndorsementState,
    InvitationAnswered,
    OfferState,
    PitchState,
    SignUpState,
    WishesStated,
)
from doorpakken_plumbing.messaging import newest
from doorpakken_plumbing.mongo.database import Document, Documents

from doorpakken_matching.model.agenda import OPEN
from doorpakken_matching.model.places import Slot
from doorpakken_matching.model.problem import Kept, Parameters, Problem, Standing, scarcity_of
from doorpakken_matching.refusals import (
    NoAcceptedPitches,
    NobodyCheckedIn,
    NoRooms,
    NoSlots,
    TooManyPeople,
)
from doorpakken_matching.seats import TAKEN
from doorpakken_matching.settings import Settings
from doorpakken_matching.store import check_in_barrier, heard, places, recommendations, sessions

ANSWERED = (states.Answer.ACCEPTED, states.Answer.DECLINED)
GIVEN_UP = ("declined", "left", "hold_lapsed", "offer_lapsed", "handed_over")


@dataclass(frozen=True)
class Before:
    """The state left by earlier plans and answers; all but `sessions` by attendee id."""

    sessions: list[Document]
    seats: dict[str, set[str]]
    given_up: dict[str, set[str]]
    answers: dict[str, str]
    recommended: dict[str, set[str]]

    def pitch_of(self, session_id: str) -> str | None:
        return next((one["pitch_id"] for one in self.sessions if one["_id"] == session_id), None)


def parameters_of(settings: Settings) -> Parameters:
    return Parameters.model_validate(settings, from_attributes=True)


async def read_problem(
    docs: Documents,
    gathering_id: str,
    *,
    settings: Settings,
    now: datetime,
    answer_by: datetime | None,
) -> Problem:
    """Raises NoRooms, NoSlots, NoAcceptedPitches, NobodyCheckedIn or TooManyPeople."""
    attendees = await heard.list_present(docs, gathering_id)
    problem = await _read(
        docs, gathering_id, attendees, parameters_of(settings), now, is_late=False
    )
    _require_possible(problem, settings.people_max)
    return problem.model_copy(
        update={
            "answer_by": answer_by,
            "scarcity": scarcity_of([attendee.kind for attendee in attendees]),
        }
    )


async def read_late_problem(
    docs: Documents,
    gathering_id: str,
    attendees: Sequence[AttendeeState],
    *,
    parameters: Parameters,
    scarcity: dict[str, float],
    now: datetime,
) -> Problem:
    """For people who checked in after the plan was made: its sessions stay, and only the seats it
    left over are available."""
    problem = await _read(docs, gathering_id, attendees, parameters, now, is_late=True)
    kept = {one.pitch_id for one in problem.kept}
    pitches = tuple(pitch for pitch in problem.pitches if pitch.pitch_id in kept)
    return problem.model_copy(update={"pitches": pitches, "scarcity": scarcity})


async def _read(
    docs: Documents,
    gathering_id: str,
    attendees: Sequence[AttendeeState],
    parameters: Parameters,
    now: datetime,
    is_late: bool,
) -> Problem:
    run_id = await check_in_barrier.find_published_run(docs, gathering_id)
    before = await _read_before(docs, gathering_id, run_id if is_late else None)
    pitches = await heard.list_accepted(docs, gathering_id)
    kept, begun = _kept(before.sessions, now)
    here = {attendee.attendee_id for attendee in attendees}
    return Problem(
        gathering_id=gathering_id,
        attendees=tuple(attendees),
        pitches=tuple(pitch for pitch in pitches if pitch.pitch_id not in begun),
        support=tuple(await newest.list_where(docs, EndorsementState, gathering_id=gathering_id)),
        wishes=tuple(await newest.list_where(docs, WishesStated, gathering_id=gathering_id)),
        offers=tuple(await newest.list_where(docs, OfferState, gathering_id=gathering_id)),
        rooms=tuple(await places.list_rooms(docs, gathering_id)),
        slots=_usable(await places.list_slots(docs, gathering_id), now),
        kept=kept,
        closed=_closed(before.sessions, pitches),
        forbidden=_forbidden(here, before),
        standing=_standing(here, before),
        taken=_taken(here, before),
        previous_run=run_id,
        parameters=parameters,
    )


async def _read_before(docs: Documents, gathering_id: str, run_id: str | None) -> Before:
    """`run_id` is the plan whose recommendations count as seats; None for a new plan, which
    replaces them all."""
    seats: defaultdict[str, set[str]] = defaultdict(set)
    given_up: defaultdict[str, set[str]] = defaultdict(set)
    for sign_up in await newest.list_where(docs, SignUpState, gathering_id=gathering_id):
        if sign_up.state in TAKEN:
            seats[sign_up.attendee_id].add(sign_up.session_id)
        elif sign_up.state == states.SignUp.ENDED and sign_up.reason in GIVEN_UP:
            given_up[sign_up.attendee_id].add(sign_up.session_id)
    answers = await newest.list_where(docs, InvitationAnswered, gathering_id=gathering_id)
    recommended = await recommendations.list_recommendations(docs, gathering_id, run_id)
    return Before(
        sessions=await sessions.list_sessions(docs, gathering_id),
        seats=seats,
        given_up=given_up,
        answers={
            one.attendee_id: one.answer for one in sorted(answers, key=lambda one: one.answered_at)
        },
        recommended={
            one["_id"]: {seat["session_id"] for seat in one["seats"]} for one in recommended
        },
    )


def _kept(said: Iterable[Document], now: datetime) -> tuple[tuple[Kept, ...], set[str]]:
    """Coming sessions, which keep their place, and the pitch ids of those that have begun."""
    scheduled = [one for one in said if one["state"] in (*OPEN, states.Session.TOOK_PLACE)]
    kept = tuple(
        Kept(
            pitch_id=one["pitch_id"],
            slot_id=one["slot"],
            room_id=one["room"],
            capacity=one["staff_capacity"],
            host=one["staff_host"],
        )
        for one in scheduled
        if one["starts_at"] > now
    )
    return kept, {one["pitch_id"] for one in scheduled if one["starts_at"] <= now}


def _closed(said: Iterable[Document], pitches: Sequence[PitchState]) -> tuple[str, ...]:
    accepted = {pitch.pitch_id for pitch in pitches}
    cancelled = [one["pitch_id"] for one in said if one["is_cancelled_by_staff"]]
    return tuple(pitch_id for pitch_id in cancelled if pitch_id in accepted)


def _forbidden(attendee_ids: Collection[str], before: Before) -> dict[str, tuple[str, ...]]:
    return {
        attendee_id: _pitches(
            before.given_up[attendee_id] - before.seats.get(attendee_id, set()), before
        )
        for attendee_id in attendee_ids
        if attendee_id in before.given_up
    }


def _usable(slots: Sequence[Slot], now: datetime) -> tuple[Slot, ...]:
    return tuple(slot for slot in slots if slot.starts_at > now)


def _standing(attendee_ids: Collection[str], before: Before) -> dict[str, Standing]:
    known = {one for one in attendee_ids if one in before.seats or one in before.answers}
    return {
        attendee_id: Standing(
            holds=_pitches(before.seats.get(attendee_id, set()), before),
            wants_more=before.answers.get(attendee_id) not in ANSWERED,
        )
        for attendee_id in known
    }


def _taken(attendee_ids: Collection[str], before: Before) -> dict[str, int]:
    """By pitch id, the seats of everybody else: those they hold, or were recommended and may still
    accept."""
    taken: defaultdict[str, int] = defaultdict(int)
    for attendee_id in (before.seats.keys() | before.recommended.keys()) - set(attendee_ids):
        their = set(before.seats.get(attendee_id, ()))
        if before.answers.get(attendee_id) not in ANSWERED:
            recommended = before.recommended.get(attendee_id, set())
            their |= recommended - before.given_up.get(attendee_id, set())
        for pitch_id in _pitches(their, before):
            taken[pitch_id] += 1
    return dict(taken)


def _pitches(session_ids: Iterable[str], before: Before) -> tuple[str, ...]:
    found = (before.pitch_of(session_id) for session_id in sorted(session_ids))
    return tuple(pitch_id for pitch_id in found if pitch_id)


def _require_possible(problem: Problem, people_max: int) -> None:
    if not problem.rooms:
        raise NoRooms("There is no room yet. Add the rooms of the follow-up window first.")
    if not problem.slots:
        raise NoSlots("There is no slot still to come. Add slots in the follow-up window first.")
    if not {pitch.pitch_id for pitch in problem.pitches}.difference(problem.closed):
        raise NoAcceptedPitches("No pitch is waiting for a session. Review the pitches first.")
    if not problem.attendees:
        raise NobodyCheckedIn("Nobody is checked in yet. A plan is for who was present.")
    if len(problem.attendees) > people_max:
        raise TooManyPeople(
            f"{len(problem.attendees)} people are checked in; one run holds at most {people_max}."
        )

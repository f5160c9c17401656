"""What an attendee needs to answer an invitation: all sessions, their own first and then those the
plan suggests, each with its seats and the plan's reasons, if any."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations
from typing import Any

from doorpakken_plumbing.mongo.database import Documents

from doorpakken_registration.gatherings import gatherings
from doorpakken_registration.gatherings.model.attendee import Attendee
from doorpakken_registration.gatherings.model.gathering import Gathering
from doorpakken_registration.seats import sessions
from doorpakken_registration.seats.model.answer import InvitationAnswer, Wave
from doorpakken_registration.seats.model.session import Session
from doorpakken_registration.seats.model.sign_up import SignUp
from doorpakken_registration.seats.store import hostings as hostings_store
from doorpakken_registration.seats.store import sign_ups as sign_ups_store
from doorpakken_registration.seats.store import waves as store


@dataclass(frozen=True)
class Choice:
    """A session to choose; `reasons` is empty where the plan gave none, `position` is their place
    in line, from 1."""

    session: Session
    title: str
    is_suggested: bool
    reasons: tuple[dict[str, Any], ...]
    sign_up: SignUp | None
    position: int | None
    # Whether they lead another session at that time.
    leads_then: bool = False

    @property
    def would_sit(self) -> bool:
        return not self.session.is_full or bool(self.sign_up and self.sign_up.is_taken)


@dataclass(frozen=True)
class Led:
    """A session that they lead; `hosting_id` is the request that they said yes to."""

    session: Session
    title: str
    hosting_id: str | None


@dataclass(frozen=True)
class Clash:
    """The titles of two sessions at the same time; `elsewhere` are sessions of the same pitches at
    other times."""

    titles: tuple[str, str]
    elsewhere: tuple[Choice, ...]


@dataclass(frozen=True)
class Sheet:
    """All there is to choose, what they lead, and what was answered before."""

    gathering: Gathering
    wave: Wave
    choices: tuple[Choice, ...]
    led: tuple[Led, ...]
    answer: InvitationAnswer | None

    @property
    def theirs(self) -> list[Choice]:
        return [one for one in self.choices if one.sign_up]

    @property
    def fitting(self) -> list[Choice]:
        return [
            one
            for one in self.choices
            if one.is_suggested and not one.sign_up and not one.leads_then
        ]

    @property
    def others(self) -> list[Choice]:
        """Includes sessions that they cannot choose because they lead another one then."""
        shown = {one.session.id for one in (*self.theirs, *self.fitting)}
        return [one for one in self.choices if one.session.id not in shown]

    @property
    def session_ids(self) -> list[str]:
        return [one.session.id for one in self.theirs]

    def chosen(self, session_ids: Collection[str]) -> list[Choice]:
        return [one for one in self.choices if one.session.id in session_ids and one.would_sit]

    def at_another_time(self, sessions: tuple[Session, Session], now: datetime) -> list[Choice]:
        about = {one.pitch_id for one in sessions}
        return [
            one
            for one in self.choices
            if one.session.pitch_id in about
            and not one.session.has_started(now)
            and not one.leads_then
            and not any(one.session.overlaps(session) for session in sessions)
        ]

    def with_state(self, *states: str) -> list[Choice]:
        return [one for one in self.choices if one.sign_up and one.sign_up.state in states]

    @property
    def reason(self) -> str | None:
        return self.answer.reason if self.answer else None


async def sheet_of(documents: Documents, wave: Wave, attendee: Attendee) -> Sheet:
    signed_up = await sign_ups_store.list_open_sign_ups(documents, [attendee.id])
    suggested = await _suggestions(documents, attendee.id)
    calendar = await sign_ups_store.find_calendar(documents, attendee.person_id)
    listed = await sessions.list_with_titles(documents, wave.gathering_id)
    order = {session_id: at for at, session_id in enumerate(suggested)}
    by_session = {one.session_id: one for one in signed_up}
    choices = [
        Choice(
            session=session,
            title=title,
            is_suggested=session.id in suggested,
            reasons=tuple(suggested.get(session.id, ())),
            sign_up=by_session.get(session.id),
            position=await position_of(documents, by_session.get(session.id)),
            leads_then=bool(calendar and calendar.leads_at(session.starts_at, session.ends_at)),
        )
        for session, title in listed
        if not session.is_cancelled and session.host != attendee.person_id
    ]
    choices.sort(key=lambda one: order.get(one.session.id, len(order)))
    return Sheet(
        gathering=await gatherings.get(documents, wave.gathering_id),
        wave=wave,
        choices=tuple(choices),
        led=await _led_by(documents, attendee.person_id, listed),
        answer=await store.find_answer(documents, wave.id, attendee.id),
    )


async def _led_by(
    documents: Documents, person_id: str, listed: Sequence[tuple[Session, str]]
) -> tuple[Led, ...]:
    agreed = await hostings_store.map_agreed(documents, person_id)
    return tuple(
        Led(session, title, agreed.get(session.id))
        for session, title in listed
        if not session.is_cancelled and session.host == person_id
    )


async def clash_of(
    documents: Documents, sheet: Sheet, session_ids: Collection[str], sign_up_id: str, now: datetime
) -> Clash | None:
    """The two sessions that were refused for being at the same time: two chosen ones, or a chosen
    one and the seat `sign_up_id` at another gathering."""
    chosen = [(one.session, one.title) for one in sheet.chosen(session_ids)]
    had = await sign_ups_store.find_sign_up(documents, sign_up_id)
    if had:
        chosen.append(await sessions.get_with_title(documents, had.session_id))
    for (one, its_title), (other, other_title) in combinations(chosen, 2):
        if one.overlaps(other):
            elsewhere = sheet.at_another_time((one, other), now)
            return Clash((its_title, other_title), tuple(elsewhere))
    return None


async def position_of(documents: Documents, sign_up: SignUp | None) -> int | None:
    """From 1; None for a sign-up that is not waiting. Counts those who wait, since `place` is not
    renumbered when somebody leaves the line."""
    if sign_up is None or not sign_up.is_waiting:
        return None
    return await sign_ups_store.count_before(documents, sign_up) + 1


async def _suggestions(documents: Documents, attendee_id: str) -> dict[str, list[dict[str, Any]]]:
    found = await store.find_recommendation(documents, attendee_id)
    if found is None:
        return {}
    return {one["session_id"]: one["reasons"] for one in (*found["seats"], *found["alternatives"])}

"""A promise with the people around it, from newest states alone: who is asked, who confirms it,
what a timer told whom, and what is news of one day."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from doorpakken_events.registration import CommitmentState, PitchState, Told
from doorpakken_events.states import Commitment

HERE = ZoneInfo("Europe/Amsterdam")
ASKED, ANSWER_LATER, OWNER, TO_CONFIRM = "asked", "consulting", "owner", "to_confirm"
# For whom a timer tells what; the others are for staff.
REMINDED: Mapping[str, str] = {
    "asked_again_5": ASKED,
    "asked_again_12": ASKED,
    "consult": ANSWER_LATER,
    "week_before": OWNER,
    "day_before": OWNER,
    "past_1": OWNER,
    "past_14": OWNER,
    "confirm_again": TO_CONFIRM,
}
# Ends that are news to who counts on it; who it is released by, or whose pitch is gone, knows it.
ENDS_AS_NEWS = ("declined", "withdrawn", "not_delivered", "person_erased")


@dataclass(frozen=True)
class Promise:
    """`asked` are the contacts of its organisation whom registration asks, `hosts` who led the
    session it was written down in."""

    state: CommitmentState
    pitch: PitchState | None = None
    asked: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        return self.state.commitment_id

    @property
    def owners(self) -> tuple[str, ...]:
        """Of an organisation without a person: the contacts that were asked."""
        return (self.state.person_id,) if self.state.person_id else self.asked

    @property
    def answerers(self) -> tuple[str, ...]:
        """Not the member who wrote it down for their organisation, if contacts are asked."""
        if self.asked and self.state.made_by == "member" and self.state.asks <= 1:
            return self.asked
        return tuple(dict.fromkeys((*self.owners, *self.asked)))

    @property
    def confirmers(self) -> tuple[str, ...]:
        """Nobody confirms their own promise, nor that of their organisation: staff do."""
        ours = self.state.organisation_id
        if self.pitch is None or (ours and ours == self.pitch.organisation_id):
            return ()
        return tuple(one for one in self.pitch.pitchers if one != self.state.person_id)

    @property
    def readers(self) -> tuple[str, ...]:
        """Whom its news concerns, and who do not make it themselves."""
        pitchers = self.pitch.pitchers if self.pitch else ()
        everybody = dict.fromkeys((*pitchers, *self.hosts))
        return tuple(one for one in everybody if one not in self.owners)

    @property
    def people(self) -> frozenset[str]:
        heir = (self.state.hand_over_to,) if self.state.hand_over_to else ()
        theirs = (*self.owners, *self.answerers)
        return frozenset((*theirs, *self.confirmers, *self.readers, *heir))

    def reminded_by(self, told: Told) -> tuple[str, ...]:
        kind = REMINDED.get(told.what)
        if kind == TO_CONFIRM:
            return self.confirmers
        return self.owners if kind == OWNER else self.answerers

    @property
    def reminder(self) -> Told | None:
        """The newest thing a timer told somebody, as long as it is true."""
        told = [one for one in self.state.told if one.what in REMINDED]
        return told[-1] if told and self._still_holds(told[-1]) else None

    def _still_holds(self, told: Told) -> bool:
        state, kind = self.state, REMINDED[told.what]
        if kind == OWNER:
            return state.state == Commitment.ACCEPTED and told.due == state.due
        if kind == TO_CONFIRM:
            since = state.delivered_at
            return state.state == Commitment.DELIVERED and _is_after(told.at, since)
        wanted = Commitment.PROPOSED if kind == ASKED else Commitment.CONSULTING
        return state.state == wanted and _is_after(told.at, state.answered_at)

    def news(self) -> Iterator[tuple[str, date]]:
        """What happened to it and still is so, each with its day."""
        state = self.state
        if state.state == Commitment.ENDED:
            if state.reason in ENDS_AS_NEWS and state.ended_at:
                yield str(state.reason), day_of(state.ended_at)
            return
        if state.accepted_at:
            yield "promised", day_of(state.accepted_at)
        if state.state == Commitment.ACCEPTED and state.replans and state.planned_at:
            yield "new_day", day_of(state.planned_at)
        if state.delivered_at and state.state in (Commitment.DELIVERED, Commitment.CONFIRMED):
            yield "done", day_of(state.delivered_at)

    def news_for(self, person_id: str) -> list[tuple[str, date]]:
        """Who has to confirm that it is done has a mail of its own about that."""
        if person_id not in self.readers:
            return []
        asked = person_id in self.confirmers and self.state.kind == "promise"
        return [(what, day) for what, day in self.news() if not (asked and what == "done")]


def day_of(moment: datetime) -> date:
    """The day in Amsterdam."""
    return moment.astimezone(HERE).date()


def _is_after(moment: datetime, since: datetime | None) -> bool:
    return since is None or moment >= since

"""Derives which mails are owed about promises, from their newest states alone: about one of them,
and about all that concern one person on one day. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta

from doorpakken_events.states import Commitment
from doorpakken_pages.moments import AMSTERDAM

from doorpakken_notification.model.mail import OwedMail
from doorpakken_notification.model.mail_kinds import key_of
from doorpakken_notification.model.mail_states import State
from doorpakken_notification.model.outcomes import Outcome
from doorpakken_notification.model.promises import Promise, day_of

# Kinds about all promises that concern one person on one day.
DAILY = ("reminders", "plan_news")
# A day's news is told the morning after.
TOLD_AT = time(9)
THANKED = ("released", "pitch_withdrawn")


def mails_about(promise: Promise) -> list[OwedMail]:
    return [
        *_requests(promise),
        *_to_confirm(promise),
        *_to_owner(promise),
        *_handed_over(promise),
    ]


def mails_about_outcome(outcome: Outcome) -> list[OwedMail]:
    """Asked again, it is in the mail of that day."""
    state = outcome.state
    if not outcome.asked:
        return []
    return [
        OwedMail(
            key=key_of("outcome", session=state.session_id),
            kind="outcome",
            state=State.QUEUED,
            gathering_id=state.gathering_id,
            person_id=outcome.asked,
            object_id=state.session_id,
        )
    ]


def mails_of_days(
    person_id: str,
    promises: Sequence[Promise],
    now: datetime,
    outcomes: Sequence[Outcome] = (),
) -> list[OwedMail]:
    """A day that is over owes its news, a day on which something was told its reminders; each as
    long as some of it is still true."""
    reminded, news = dict[date, str](), dict[date, str]()
    for one in promises:
        told = one.reminder
        if told and person_id in one.reminded_by(told):
            reminded.setdefault(day_of(told.at), one.state.gathering_id)
        for _, day in one.news_for(person_id):
            if news_due_at(day) <= now:
                news.setdefault(day, one.state.gathering_id)
    for outcome in outcomes:
        if outcome.again and outcome.asked == person_id:
            reminded.setdefault(day_of(outcome.again.at), outcome.state.gathering_id)
    return [
        *_of_days("reminders", person_id, reminded.items()),
        *_of_days("plan_news", person_id, news.items()),
    ]


def news_due_at(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), TOLD_AT, AMSTERDAM)


def next_news_at(promise: Promise, now: datetime) -> datetime | None:
    return min((at for _, day in promise.news() if (at := news_due_at(day)) > now), default=None)


def _of_days(kind: str, person_id: str, days: Iterable[tuple[date, str]]) -> Iterator[OwedMail]:
    for day, gathering_id in days:
        yield OwedMail(
            key=key_of(kind, person=person_id, day=day.isoformat()),
            kind=kind,
            state=State.QUEUED,
            gathering_id=gathering_id,
            person_id=person_id,
        )


def _requests(promise: Promise) -> Iterator[OwedMail]:
    """A contact of the organisation is asked once; who is named as deciding is asked alone."""
    state = promise.state
    if state.state != Commitment.PROPOSED or not state.asks:
        return
    asked = promise.answerers if state.asks == 1 else promise.owners
    for person in asked:
        yield _mail(promise, "commitment_request", person, person=person, ask=state.asks)


def _to_confirm(promise: Promise) -> Iterator[OwedMail]:
    """Numbered by the moment it was said to be done, so that each time is a mail."""
    state = promise.state
    if state.state != Commitment.DELIVERED or not state.delivered_at:
        return
    done_at = state.delivered_at.isoformat()
    for person in promise.confirmers:
        yield _mail(promise, "delivery_to_confirm", person, done_at=done_at, pitcher=person)


def _to_owner(promise: Promise) -> Iterator[OwedMail]:
    state = promise.state
    if not promise.owners:
        return
    owner = promise.owners[0]
    if state.state == Commitment.DISPUTED and state.disputed_at:
        disputed_at = state.disputed_at.isoformat()
        yield _mail(promise, "commitment_disputed", owner, disputed_at=disputed_at)
    if state.state == Commitment.ENDED and state.reason in THANKED:
        yield _mail(promise, "commitment_ended", owner)


def _handed_over(promise: Promise) -> Iterator[OwedMail]:
    heir, state = promise.state.hand_over_to, promise.state.state
    if heir and state not in (Commitment.CONFIRMED, Commitment.ENDED):
        yield _mail(promise, "commitment_handover", heir, person=heir)


def _mail(promise: Promise, kind: str, to: str, **parts: object) -> OwedMail:
    return OwedMail(
        key=key_of(kind, commitment=promise.id, **parts),
        kind=kind,
        state=State.QUEUED,
        gathering_id=promise.state.gathering_id,
        person_id=to,
        object_id=promise.id,
    )

"""Contents of mails with all about promises that concerns one person on one day: what they are
reminded of, and what is news to them. Says what is still true; raises Ends when nothing is."""

from datetime import date, timedelta

from doorpakken_pages import moments
from doorpakken_pages.lists import listed
from doorpakken_plumbing.identity.links import OWN_PAGE
from doorpakken_plumbing.time import clock

from doorpakken_notification import promise_wording
from doorpakken_notification.contents.promises import OUTCOME, day_in, values_of
from doorpakken_notification.contents.writer import Values, Writer, Written
from doorpakken_notification.model.outcomes import Outcome
from doorpakken_notification.model.promises import Promise, day_of
from doorpakken_notification.store import outcomes, promises

# From so many days after its day a promise waits for a new date in public.
WAITS_AFTER = timedelta(days=14)


async def reminders(writer: Writer) -> Written:
    day, person_id = day_in(writer.mail.key), writer.contact.person_id
    items = [
        await _reminder(writer, one)
        for one in await promises.list_around(writer.reading.documents, person_id)
        if one.reminder
        and day_of(one.reminder.at) == day
        and person_id in one.reminded_by(one.reminder)
    ]
    for led in await outcomes.list_led_by(writer.reading.documents, person_id):
        if led.again and led.asked == person_id and day_of(led.again.at) == day:
            items.append(await _asked_again(writer, led))
    if not items:
        raise writer.over()
    only = items[0] if len(items) == 1 else None
    label, others = only["answers"] if only else ("", ())
    return Written(
        {
            "items": items,
            "pitches": listed(list(dict.fromkeys(one["pitch"] for one in items)), writer.language),
            "only": only,
            "label": label,
            "others": others,
            "url": only["url"] if only else _own_page(writer),
            "lines": [f"{one['pitch']}: {one['thing']}. {' '.join(one['said'])}" for one in items],
        }
    )


async def plan_news(writer: Writer) -> Written:
    day, person_id = day_in(writer.mail.key), writer.contact.person_id
    pitches, lines = dict[str, None](), list[str]()
    for one in await promises.list_around(writer.reading.documents, person_id):
        for what, happened_on in one.news_for(person_id):
            if happened_on == day:
                about = await values_of(writer, one)
                pitches[about["pitch"]] = None
                lines.append(_news(what, writer.language, about))
    if not lines:
        raise writer.over()
    return Written(
        {
            "pitch": next(iter(pitches)) if len(pitches) == 1 else None,
            "day": moments.day(day, writer.language),
            "lines": lines,
            "url": _own_page(writer),
        }
    )


async def _reminder(writer: Writer, promise: Promise) -> Values:
    told = promise.reminder
    assert told
    kind = promise_wording.reminder_kind(told.what)
    about = await values_of(writer, promise)
    later = moments.day(promise.state.due + WAITS_AFTER + timedelta(days=1), writer.language)
    words = {name: str(about[name]) for name in ("due", "pitch", "who")}
    return about | {
        "kind": kind,
        "days": _days_until(promise.state.due),
        "said": promise_wording.reminder(kind, writer.language, later=later, **words),
        "answers": promise_wording.answers(kind, writer.language),
    }


async def _asked_again(writer: Writer, outcome: Outcome) -> Values:
    session = outcome.session
    pitch = await writer.pitch_title(session.pitch_id)
    due = moments.day(session.starts_at, writer.language)
    return {
        "kind": OUTCOME,
        "thing": due,
        "what": "",
        "pitch": pitch,
        "days": 0,
        "url": writer.url(OUTCOME, session.session_id),
        "said": promise_wording.reminder(OUTCOME, writer.language, due=due, pitch=pitch),
        "answers": promise_wording.answers(OUTCOME, writer.language),
    }


def _news(what: str, language: str, about: Values) -> str:
    words = {name: str(about[name]) for name in ("who", "thing", "pitch", "due")}
    return promise_wording.news(what, language, **words)


def _days_until(due: date) -> int:
    return (due - day_of(clock.now())).days


def _own_page(writer: Writer) -> str:
    return writer.url(OWN_PAGE, writer.gathering_id)

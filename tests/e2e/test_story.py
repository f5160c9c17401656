"""The story, told once through the public doors: every count agrees wherever it is taken."""

from doorpakken_local.demo.counting.report import Report
from doorpakken_local.demo.counting.stores import opened_stores
from doorpakken_local.demo.counting.verdict import wrong
from doorpakken_local.demo.place import Place
from doorpakken_local.demo.stories.story import load
from doorpakken_local.demo.visiting.web import Web
from doorpakken_local.system import System
from icalendar import Calendar

from tests.e2e.gatherings import CROWD
from tests.e2e.leaving import LEAVERS


async def test_topics_stores_and_pages_agree_with_the_table(report: Report) -> None:
    assert wrong(report.lines) == []


async def test_the_report_holds_the_story(report: Report) -> None:
    written, expected = report.as_json(), load().expected
    assert written["agreed"]
    for name in ("attendees", "checked_in", "pitches", "needs", "sessions", "invitations_sent"):
        assert written[name] == getattr(expected, name)
    assert written["counts"]["needs_left"]["topics"]["N13"] == (0, 4)
    left = written["counts"]["left"]["expected"]
    assert written["seats"] + written["waitlisted"] + left == expected.sign_ups
    assert left == written["counts"]["handed_over"]["expected"] == 1
    assert (written["parked"], written["consumer_lag"]) == (0, 0)


async def test_each_thing_is_said_once(report: Report) -> None:
    said, written = report.events_by_topic, report.as_json()
    expected = load().expected
    assert said["attendee-registered"] == expected.attendees
    assert said["attendee-checked-in"] == expected.checked_in
    assert said["sessions-recommended"] == expected.checked_in
    assert said["pitch-submitted"] == said["pitch-reviewed"] == expected.pitches
    assert said["persona-described"] == expected.portraits
    assert said["need-offered"] == expected.offers
    assert said["wishes-stated"] == expected.people_with_wishes
    assert said["endorsement-withdrawn"] == expected.support.withdrawn
    assert said["plan-published"] == 1
    assert said["invitation-answered"] == expected.checked_in - expected.answers.none
    assert said["host-answered"] == expected.hosts_yes
    given_up = 2  # one seat was left, one handed over: somebody else joined each
    assert said["session-joined"] == written["seats"] + given_up
    assert said["session-left"] == given_up
    assert said["session-offered"] >= 1
    assert said["session-waitlisted"] == written["waitlisted"] + said["session-offered"]


async def test_a_confirmation_carries_a_calendar_for_one_person(
    system: System, report: Report
) -> None:
    async with Web() as web:
        mailbox = web.client(system.urls["mailbox"])
        listed = (await mailbox.get("/api/mails"))["items"]
        mails = [await mailbox.get(f"/api/mails/{item['id']}") for item in listed]
    calendars = [
        mail for mail in mails if mail["calendar"] and not mail["to"][0].endswith((CROWD, LEAVERS))
    ]
    counts = {line.name: line.expected for line in report.lines}
    mails_by_kind = counts["mails"]
    assert len(calendars) == mails_by_kind["confirmation"] + mails_by_kind["seat_ended"]
    for mail in calendars:
        calendar = Calendar.from_ical(mail["calendar"])
        (event,) = calendar.walk("VEVENT")
        assert calendar["METHOD"] in ("REQUEST", "CANCEL")
        assert str(event["ATTENDEE"]).removeprefix("mailto:") in mail["to"]
        assert mail["attachments"][0]["filename"] == "invite.ics"


async def test_nobody_is_invited_twice(system: System, report: Report) -> None:
    gathering_id = report.urls["dashboard"].rpartition("/")[2]
    said = {"kind": "invitation", "state": {"$in": ["sent", "on_paper"]}}
    async with opened_stores(Place.of(system)) as stores:
        mails = stores["notification"]["mails"]
        keys = await mails.distinct("attendee_id", {"gathering_id": gathering_id, **said})
    assert len(keys) == load().expected.checked_in

"""The story, told once through the public doors: every count agrees wherever it is taken."""

from typing import Any

from doorpakken_local.demo.counting.report import Report
from doorpakken_local.demo.counting.stores import opened_stores
from doorpakken_local.demo.counting.verdict import wrong
from doorpakken_local.demo.place import Place
from doorpakken_local.demo.visiting.web import Web
from doorpakken_local.system import System
from icalendar import Calendar

from tests.e2e.gatherings import CROWD
from tests.e2e.leaving import LEAVERS

# What the committed story comes to, whatever the plan is; the number of seats depends on the plan.
FIGURES: dict[str, Any] = {
    "attendees": 64,
    "checked_in": 60,
    "people_by_kind": {  # registered, present
        "covenant_partner": (20, 19),
        "local_entrepreneur": (22, 21),
        "community_member": (22, 20),
    },
    "organisations": 12,
    "pitches": 6,
    "needs": 17,
    "needs_left": {  # still needed, and offered beyond what was asked
        "N1": (36, 0),
        "N2": (12, 0),
        "N3": (750000, 0),
        "N4": (6, 0),
        "N5": (4, 0),
        "N6": (10, 0),
        "N7": (0, 0),
        "N8": (5, 0),
        "N9": (1, 0),
        "N10": (2, 0),
        "N11": (320000, 0),
        "N12": (3, 0),
        "N13": (0, 4),
        "N14": (3, 0),
        "N15": (80, 0),
        "N16": (0, 0),
        "N17": (12, 0),
    },
    "needs_with_offer": 12,
    "offers": 16,
    "portraits": 3,
    "insights": {"approved": 7, "hidden": 2, "pending": 0},
    "support": {"confirmed": 10, "pending": 1, "withdrawn": 1},
    "people_with_wishes": 28,
    "wishes": 44,
    "sessions": 6,
    "hosts_yes": 6,
    "invitations_sent": 58,
    "invitations_on_paper": 2,
    "answers": {"accepted": 43, "declined": 7, "maybe": 3, "none": 7},
}
# 62 links are 59 sign-ups and 3 pitches.
MAILS = {"personal_link": 62, "endorsement_request": 6, "host_request": 6, "invitation": 58}
SIGN_UPS = 47  # seats and places in line together


async def test_topics_stores_and_pages_agree_with_what_was_done(report: Report) -> None:
    assert wrong(report.lines) == []


async def test_the_report_holds_the_story(report: Report) -> None:
    written, expected = report.as_json(), {line.name: line.expected for line in report.lines}
    assert written["agreed"]
    for name in ("attendees", "checked_in", "pitches", "needs", "sessions", "invitations_sent"):
        assert written[name] == FIGURES[name]
    assert {name: expected[name] for name in FIGURES} == FIGURES
    assert MAILS.items() <= expected["mails"].items()
    assert written["counts"]["needs_left"]["topics"]["N13"] == (0, 4)
    left = written["counts"]["left"]["expected"]
    assert written["seats"] + written["waitlisted"] + left == SIGN_UPS
    assert left == written["counts"]["handed_over"]["expected"] == 1
    assert (written["parked"], written["consumer_lag"]) == (0, 0)


async def test_each_thing_is_said_once(report: Report) -> None:
    said, written = report.events_by_topic, report.as_json()
    assert said["attendee-registered"] == FIGURES["attendees"]
    assert said["attendee-checked-in"] == FIGURES["checked_in"]
    assert said["sessions-recommended"] == FIGURES["checked_in"]
    assert said["pitch-submitted"] == said["pitch-reviewed"] == FIGURES["pitches"]
    assert said["persona-described"] == FIGURES["portraits"]
    assert said["need-offered"] == FIGURES["offers"]
    assert said["wishes-stated"] == FIGURES["people_with_wishes"]
    assert said["endorsement-withdrawn"] == FIGURES["support"]["withdrawn"]
    assert said["plan-published"] == 1
    assert said["invitation-answered"] == FIGURES["checked_in"] - FIGURES["answers"]["none"]
    assert said["host-answered"] == FIGURES["hosts_yes"]
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
    assert len(keys) == FIGURES["checked_in"]

"""Calendars: a file to open once, a feed to subscribe to, of everything public and of one's own."""

from typing import Any
from uuid import NAMESPACE_URL, uuid5

import httpx
import icalendar
from doorpakken_plumbing.identity.staff import VISITOR_COOKIE

from services.registration.tests.component.desk import Desk, Json

WINTER = {"title": "Wintergesprek; <b>eten</b>, praten", "ambition": "Samen\nverder"}


async def test_a_gathering_is_a_file_for_anybodys_calendar(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    gathering_id = await desk.gathering(**WINTER)
    shown = (await desk.client.get(f"/gatherings/{gathering_id}")).json()
    answer = await public.get(f"/g/{gathering_id}/calendar.ics")
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert answer.headers["content-disposition"] == 'attachment; filename="bijeenkomst.ics"'
    [event] = _events(answer)
    assert (str(event["summary"]), str(event["description"])) == (
        WINTER["title"],
        WINTER["ambition"],
    )
    assert [event[name].dt.isoformat() for name in ("dtstart", "dtend")] == [
        shown[name].replace("Z", "+00:00").split(".")[0].removesuffix("+00:00") + "+00:00"
        for name in ("starts_at", "ends_at")
    ]
    assert str(event["location"]) == "Evenementenhal De Dreef"
    assert str(event["url"]) == f"{desk.settings.registration_url}/g/{gathering_id}"
    # What is published asks nobody for an answer.
    assert "attendee" not in event
    assert str(icalendar.Calendar.from_ical(answer.text)["method"]) == "PUBLISH"


async def test_a_change_has_the_same_uid_and_a_higher_sequence(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    gathering_id = await desk.gathering()
    path = f"/g/{gathering_id}/calendar.ics"
    [first] = _events(await public.get(path))
    await desk.client.patch(f"/gatherings/{gathering_id}", json={"title": "Vierde"})
    [moved] = _events(await public.get(path))
    await desk.client.post(f"/gatherings/{gathering_id}/cancel", json={})
    [ended] = _events(await public.get(path))
    assert first["uid"] == moved["uid"] == ended["uid"]
    assert first["sequence"] < moved["sequence"] < ended["sequence"]
    assert [str(one["status"]) for one in (first, moved, ended)] == [
        "CONFIRMED",
        "CONFIRMED",
        "CANCELLED",
    ]


async def test_the_feed_has_what_is_public_and_no_draft(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    open_id = await desk.gathering()
    draft = (await desk.client.post("/gatherings", json=desk.draft())).json()["id"]
    answer = await public.get("/calendar.ics")
    urls = {str(event["url"]).rpartition("/")[2] for event in _events(answer)}
    assert open_id in urls
    assert draft not in urls
    assert "content-disposition" not in answer.headers
    names = [
        str(
            icalendar.Calendar.from_ical((await public.get(f"/calendar.ics?lang={one}")).text)[
                "name"
            ]
        )
        for one in ("nl", "en")
    ]
    assert names == ["Bijeenkomsten", "Gatherings"]
    assert (await public.get(f"/g/{draft}/calendar.ics")).status_code == 404


async def test_my_sessions_are_a_file_and_a_feed_that_follows_them(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    gathering_id = await desk.gathering()
    seat, full = [await desk.session(gathering_id, seats=1, day=day) for day in (20, 21)]
    other, mine = await desk.attendee(gathering_id), await desk.attendee(gathering_id)
    for session_id, who in ((full, other), (full, mine), (seat, mine)):
        await desk.client.post(f"/sessions/{session_id}/sign-ups", json={"attendee_id": who["id"]})
    address = await _feed(desk, public, mine)
    # A place in line is no appointment.
    assert _urls(await public.get(address)) == _urls(await public.get("/me/calendar.ics"))
    assert _urls(await public.get(address)) == [f"/g/{gathering_id}", "/me"]
    await public.post(f"/me/attendees/{mine['id']}/cancel")
    assert _urls(await public.get(address)) == []


async def test_an_entry_is_the_one_of_the_mail_and_only_goes_forward(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    gathering_id = await desk.gathering()
    session_id = await desk.session(gathering_id)
    mine = await desk.attendee(gathering_id)
    address = await _feed(desk, public, mine)
    sequences = []
    for _ in range(3):
        made = await desk.client.post(
            f"/sessions/{session_id}/sign-ups", json={"attendee_id": mine["id"]}
        )
        [seat] = [one for one in _events(await public.get(address)) if "/me" in str(one["url"])]
        # As in notification's mails, so that a program that has both shows one appointment.
        known = uuid5(NAMESPACE_URL, f"doorpakken:seat:{session_id}:{mine['id']}")
        assert str(seat["uid"]) == f"{known}@{desk.settings.mail_from.partition('@')[2]}"
        sequences.append(seat["sequence"])
        await public.post(f"/me/sign-ups/{made.json()['id']}/leave")
    assert sequences == sorted(set(sequences))


async def test_the_address_of_a_calendar_opens_nothing_else_and_ends_with_the_links(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    mine = await desk.attendee(await desk.gathering())
    address = await _feed(desk, public, mine)
    token = address.split("/")[2]
    public.cookies.clear()
    assert (await public.get(f"/l/{token}")).status_code == 404
    public.cookies.set(VISITOR_COOKIE, token)
    assert (await public.get("/me")).status_code == 401
    link = (await desk.link(mine["person_id"])).rpartition("/")[2]
    assert (await public.get(f"/c/{link}/calendar.ics")).status_code == 404
    assert (await public.get("/me/calendar.ics")).status_code == 401
    persons = desk.service.mongo["persons"]
    await persons.update_one({"_id": mine["person_id"]}, {"$inc": {"generation": 1}})
    assert (await public.get(address)).status_code == 404


async def _feed(desk: Desk, public: httpx.AsyncClient, attendee: Json) -> str:
    """The path of their feed, as their own page shows it."""
    await public.get(await desk.link(attendee["person_id"]))
    page = (await public.get("/me")).text
    start = desk.settings.registration_url.replace("http", "webcal", 1)
    found = page.partition(f'href="{start}')[2].partition('"')[0]
    assert found.endswith("/calendar.ics")
    return found


def _events(answer: httpx.Response) -> list[Any]:
    assert answer.status_code == 200, answer.text
    return icalendar.Calendar.from_ical(answer.text).walk("vevent")


def _urls(answer: httpx.Response) -> list[str]:
    return [httpx.URL(str(event["url"])).path for event in _events(answer)]

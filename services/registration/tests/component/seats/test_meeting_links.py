"""Where a session is met on line is seen by who has a seat in it and by who leads it, as long as
they do, and by nobody else; whichever of the session and its link is heard first."""

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import uuid4

import httpx
import icalendar
import pytest
from doorpakken_events.matching import SessionLink, SessionRescheduled

from services.registration.tests.component.desk import Desk, Json, session_of
from services.registration.tests.component.seats.test_hosting import asked


def address() -> str:
    """Where people meet, and no others."""
    return f"https://bellen.example/{uuid4().hex}"


async def online(
    desk: Desk, gathering_id: str, link: str, *, first: str = "session", **more: Any
) -> str:
    """The id of a session that is met there; matching says both, on two topics."""
    session_id = f"s-{uuid4()}"
    hear: dict[str, Callable[[], Awaitable[None]]] = {
        "session": lambda: desk.hear(session_of(gathering_id, session_id, **more), 1),
        "link": lambda: told(desk, gathering_id, session_id, link),
    }
    await hear.pop(first)()
    for say in hear.values():
        await say()
    return session_id


async def told(
    desk: Desk, gathering_id: str, session_id: str, link: str | None, version: int = 1
) -> None:
    """Matching says where a session is met."""
    said = SessionLink(session_id=session_id, gathering_id=gathering_id, link=link)
    await desk.hear(said, version)


async def join(desk: Desk, session_id: str, who: Json) -> Json:
    """A seat, or a place in line."""
    answer = await desk.client.post(
        f"/sessions/{session_id}/sign-ups", json={"attendee_id": who["id"]}
    )
    assert answer.status_code == 201, answer.text
    made: Json = answer.json()
    return made


async def own(desk: Desk, public: httpx.AsyncClient, who: Json) -> str:
    """All that somebody's own page, file and feed say, folded lines undone."""
    public.cookies.clear()
    await public.get(await desk.link(who["person_id"]))
    page = (await public.get("/me")).text
    feed = "/c/" + page.partition("/c/")[2].partition('"')[0]
    calendars = [await public.get(path) for path in ("/me/calendar.ics", feed)]
    entries = [
        str(event.get("description", ""))
        for answer in calendars
        for event in icalendar.Calendar.from_ical(answer.text).walk("vevent")
    ]
    return "\n".join([page, *entries])


@pytest.mark.parametrize("first", ["session", "link"])
async def test_who_has_a_seat_sees_it_until_the_seat_ends(
    desk: Desk, public: httpx.AsyncClient, first: str
) -> None:
    gathering_id, link = await desk.gathering(), address()
    session_id = await online(desk, gathering_id, link, first=first)
    mine = await desk.attendee(gathering_id)
    assert link not in await own(desk, public, mine)
    seat = await join(desk, session_id, mine)
    # On the page as address and as text, in the file and in the feed.
    assert (await own(desk, public, mine)).count(link) == 4
    await public.post(f"/me/sign-ups/{seat['id']}/leave")
    assert link not in await own(desk, public, mine)


async def test_a_place_in_line_and_an_offer_do_not_show_it(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    gathering_id, link = await desk.gathering(), address()
    session_id = await online(desk, gathering_id, link, seats=1)
    holder, mine = [await desk.attendee(gathering_id) for _ in range(2)]
    seat, waiting = [await join(desk, session_id, one) for one in (holder, mine)]
    assert waiting["state"] == "waitlisted"
    assert link not in await own(desk, public, mine)
    await desk.client.delete(f"/sign-ups/{seat['id']}")
    assert link not in await own(desk, public, mine)
    await public.post(f"/me/sign-ups/{waiting['id']}/accept")
    assert link in await own(desk, public, mine)


async def test_a_move_keeps_it_and_a_new_one_takes_its_place(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    gathering_id, link, later = await desk.gathering(), address(), address()
    session_id = await online(desk, gathering_id, link)
    mine = await desk.attendee(gathering_id)
    await join(desk, session_id, mine)
    fields = session_of(gathering_id, session_id, day=23).model_dump() | {"state": "rescheduled"}
    await desk.hear(SessionRescheduled.model_validate(fields), 2)
    assert link in await own(desk, public, mine)
    await told(desk, gathering_id, session_id, later, 2)
    # What was said before it comes too late.
    await told(desk, gathering_id, session_id, link, 1)
    seen = await own(desk, public, mine)
    assert later in seen
    assert link not in seen
    await told(desk, gathering_id, session_id, None, 3)
    assert "Online meedoen" not in await own(desk, public, mine)


async def test_who_leads_it_sees_it_and_who_does_not_any_more_does_not(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    said, link = await asked(desk), address()
    who = {"person_id": said.person_id}
    session_id = await online(desk, said.gathering_id, link, host=said.person_id)
    leads = said.model_copy(update={"session_id": session_id})
    await desk.hear(leads, 2)
    assert (await own(desk, public, who)).count(link) == 4
    assert link in (await public.get(f"/hosting/{said.hosting_id}")).text
    fields = session_of(said.gathering_id, session_id).model_dump() | {"state": "rescheduled"}
    await desk.hear(SessionRescheduled.model_validate(fields), 2)
    assert link not in await own(desk, public, who)
    assert link not in (await public.get(f"/hosting/{said.hosting_id}")).text


async def test_a_stranger_and_who_merely_comes_never_see_it(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    gathering_id, link = await desk.gathering(), address()
    session_id = await online(desk, gathering_id, link)
    await join(desk, session_id, await desk.attendee(gathering_id))
    wave_id = await desk.wave(gathering_id)
    pages = [
        "/",
        f"/g/{gathering_id}",
        f"/g/{gathering_id}/calendar.ics",
        "/calendar.ics",
        f"/api/v1/gatherings/{gathering_id}",
        f"/api/v1/gatherings/{gathering_id}/sessions",
    ]
    public.cookies.clear()
    for path in pages:
        assert link not in await _text(public, path), path
    [listed] = (await public.get(pages[-1])).json()["items"]
    assert (listed["id"], listed["link"]) == (session_id, None)
    other = await desk.attendee(gathering_id)
    await public.get(await desk.link(other["person_id"]))
    for path in [*pages, "/me", "/me/calendar.ics", f"/answer/{wave_id}"]:
        assert link not in await _text(public, path), path


async def _text(public: httpx.AsyncClient, path: str) -> str:
    answer = await public.get(path)
    assert answer.status_code == 200, (path, answer.text)
    return answer.text.replace("\r\n ", "")

"""Vandaag says what waits for staff, as it is now here and as the other services said it last."""

from collections.abc import AsyncIterator
from datetime import timedelta
from itertools import pairwise
from uuid import uuid4

import httpx
import pytest_asyncio
from doorpakken_events.staff_work import StaffWork, WorkLine
from doorpakken_plumbing.identity.staff import COOKIE, Staff, sign_token
from doorpakken_plumbing.time import clock
from doorpakken_registration.settings import Settings

from services.registration.tests.component.desk import Desk, Json, plan_for_work
from tests.probe import becomes

Browser = httpx.AsyncClient


@pytest_asyncio.fixture
async def office(public: Browser, settings: Settings) -> AsyncIterator[Browser]:
    """The browser of an organiser of all gatherings."""
    public.cookies.set(COOKIE, token(settings, {"*": "organiser"}))
    yield public


def token(settings: Settings, roles: dict[str, str]) -> str:
    staff = Staff("staff-1", roles, f"session-{uuid4()}")
    return sign_token(settings.staff_private_key.get_secret_value(), staff)


async def at_one(desk: Desk, public: Browser, settings: Settings, gathering_id: str) -> str:
    """The page of an organiser of one gathering."""
    public.cookies.set(COOKIE, token(settings, {gathering_id: "organiser"}))
    return (await public.get("/staff")).text


async def test_a_new_system_begins_with_the_first_gathering(
    public: Browser, settings: Settings
) -> None:
    public.cookies.set(COOKIE, token(settings, {"no-such-gathering": "organiser"}))
    nothing = await public.get("/staff")
    assert "U hebt nu geen bijeenkomst om voor te zorgen." in nothing.text
    public.cookies.clear()
    assert (await public.get("/staff")).status_code == 401


async def test_a_pitch_waits_until_it_is_reviewed(
    desk: Desk, public: Browser, settings: Settings
) -> None:
    gathering_id = await desk.gathering()
    quiet = await at_one(desk, public, settings, gathering_id)
    assert ("Bekijk ingestuurde pitches" in quiet, "Klaar voor vandaag." in quiet) == (False, True)
    assert f'/staff/g/{gathering_id}/pitches">Bekijk de pitches' not in quiet
    pitch = await submit(desk, gathering_id)
    page = await at_one(desk, public, settings, gathering_id)
    assert f'/staff/g/{gathering_id}/pitches">Bekijk ingestuurde pitches</a>' in page
    assert "Klaar voor vandaag." not in page
    await desk.client.post(f"/pitches/{pitch['id']}/review", json={"decision": "accepted"})
    assert "Bekijk ingestuurde pitches" not in await at_one(desk, public, settings, gathering_id)


async def test_each_change_of_the_work_is_said_once(desk: Desk) -> None:
    gathering_id = await desk.gathering()
    for _ in range(3):
        await submit(desk, gathering_id)

    async def last() -> list[tuple[str, int]]:
        said = await desk.said("staff-work", gathering_id=gathering_id)
        return [(one["kind"], one["count"]) for one in said[-1]["lines"]] if said else []

    await becomes(last, [("pitches_to_review", 3)], seconds=20)
    said = await desk.said("staff-work", gathering_id=gathering_id)
    assert [one["version"] for one in said] == list(range(1, len(said) + 1))
    assert all(one["lines"] != other["lines"] for one, other in pairwise(said))


async def test_what_another_service_says_is_shown_with_its_page(
    desk: Desk, public: Browser, settings: Settings
) -> None:
    gathering_id = await desk.gathering()
    path = f"/g/{gathering_id}/rooms"
    line = WorkLine(kind="no_rooms", count=1, service="matching", path=path)
    said = StaffWork(
        staff_work_id=str(uuid4()), service="matching", gathering_id=gathering_id, lines=(line,)
    )
    await desk.hear(said, 1)
    page = await at_one(desk, public, settings, gathering_id)
    assert f'<a href="{settings.matching_url}{path}">Voer ruimtes en tijden in</a>' in page
    await desk.hear(said.model_copy(update={"lines": ()}), 2)
    assert f'{path}">' not in await at_one(desk, public, settings, gathering_id)


async def test_the_page_of_a_gathering_leads_to_rooms_plan_and_outbox_with_their_state(
    desk: Desk, office: Browser, settings: Settings
) -> None:
    gathering_id = await desk.gathering()
    line = WorkLine(kind="on_paper", count=3, service="notification", path="/waves/w/paper")
    for service, lines in (("matching", ()), ("notification", (line,))):
        said = StaffWork(
            staff_work_id=str(uuid4()), service=service, gathering_id=gathering_id, lines=lines
        )
        await desk.hear(said, 1)
    page = (await office.get(f"/staff/g/{gathering_id}")).text
    cards = {
        f"{settings.matching_url}/g/{gathering_id}/rooms": "Gedaan.",
        f"{settings.matching_url}/g/{gathering_id}/plans": "Nog niet gedaan.",
        f"{settings.notification_url}/g/{gathering_id}/outbox": "Nog niet gedaan.",
    }
    main = page.split("<main")[1]
    told = {url: main.split(f'href="{url}"')[1].split("</section>")[0] for url in cards}
    assert {url: words for url, words in cards.items() if words in told[url]} == cards
    assert f'{settings.notification_url}/waves/w/paper">Bel mensen zonder e-mail</a>: 3' in main
    made = await desk.client.post("/gatherings", json=desk.draft())
    draft = (await office.get(f"/staff/g/{made.json()['id']}")).text.split("<main")[1]
    assert draft.count("Dit kan als de bijeenkomst online staat.") == 3
    assert settings.matching_url not in draft


async def test_who_works_at_one_gathering_sees_nothing_of_another(
    desk: Desk, public: Browser, settings: Settings
) -> None:
    mine, other = await desk.gathering(title="Van mij"), await desk.gathering(title="Van anderen")
    await submit(desk, other)
    page = await at_one(desk, public, settings, mine)
    assert ("Van mij" in page, "Van anderen" in page) == (True, False)
    assert other not in page


async def test_who_stands_at_the_door_is_led_there(
    desk: Desk, public: Browser, settings: Settings
) -> None:
    gathering_id = await desk.gathering(title="Aan de deur")
    await submit(desk, gathering_id)
    public.cookies.set(COOKIE, token(settings, {gathering_id: "door"}))
    page = (await public.get("/staff")).text
    assert f'/staff/g/{gathering_id}/door">' in page
    assert ("/dashboard/" in page, "Bekijk ingestuurde pitches" in page) == (False, False)


async def test_the_steps_of_a_draft_lead_to_no_other_service(
    desk: Desk, office: Browser, settings: Settings
) -> None:
    made = await desk.client.post("/gatherings", json=desk.draft())
    gathering_id = made.json()["id"]
    page = (await office.get(f"/staff/g/{gathering_id}/today")).text
    elsewhere = [settings.matching_url, settings.notification_url, settings.reporting_url]
    assert [url for url in elsewhere if f"{url}/g/{gathering_id}" in page] == []
    assert "Voer ruimtes en tijden in" in page
    published = await desk.client.post(f"/gatherings/{gathering_id}/publish")
    assert published.status_code == 200
    page = (await office.get(f"/staff/g/{gathering_id}/today")).text
    rooms = f'{settings.matching_url}/g/{gathering_id}/rooms">Voer ruimtes en tijden in</a>'
    assert rooms in page


async def test_the_steps_tick_themselves(desk: Desk, office: Browser) -> None:
    starts = clock.now() + timedelta(days=7)
    part = {"starts_at": starts.isoformat(), "title": "Welkom"}
    gathering_id = await desk.gathering(
        starts_at=starts.isoformat(),
        ends_at=(starts + timedelta(hours=3)).isoformat(),
        programme=[part],
    )
    page = (await office.get(f"/staff/g/{gathering_id}/today")).text
    assert steps_done(page) == ["Zet de bijeenkomst online", "Maak het programma"]
    pitch = await submit(desk, gathering_id)
    await desk.client.post(f"/pitches/{pitch['id']}/review", json={"decision": "accepted"})
    attendee = await desk.attendee(gathering_id)
    checked = await desk.client.post(f"/attendees/{attendee['id']}/check-in")
    assert checked.status_code == 200, checked.text
    page = (await office.get(f"/staff/g/{gathering_id}/today")).text
    assert steps_done(page)[2:] == ["Bekijk de pitches", "Laat mensen binnen aan de deur"]
    assert page.count("dit is de volgende stap") == 1


async def test_support_waits_for_a_yes_of_the_organisation(desk: Desk, office: Browser) -> None:
    gathering_id = await desk.gathering()
    pitch = await submit(desk, gathering_id)
    await desk.client.post(f"/pitches/{pitch['id']}/review", json={"decision": "accepted"})
    member = await desk.attendee(gathering_id, organisation=f"Reigerbank {uuid4().hex[:6]}")
    support = {"stance": "joins", "organisation_id": member["organisation_id"]}
    said = await desk.client.post(f"/pitches/{pitch['id']}/endorsements", json=support)
    assert said.status_code == 201, said.text
    page = (await office.get(f"/staff/g/{gathering_id}/today")).text
    assert "Zoek een contactpersoon voor de organisatie" in page
    path = f"/staff/g/{gathering_id}/support"
    assert f"{path}/{said.json()['id']}/answer" in (await office.get(path)).text
    yes = await office.post(f"{path}/{said.json()['id']}/answer", data={"answer": "yes"})
    assert yes.status_code == 303
    assert "Er wacht geen steun op een organisatie." in (await office.get(path)).text
    shown = await desk.client.get(f"/pitches/{pitch['id']}/endorsements")
    assert [one["state"] for one in shown.json()["items"]] == ["confirmed"]


async def submit(desk: Desk, gathering_id: str) -> Json:
    answer = await desk.client.post(f"/gatherings/{gathering_id}/pitches", json=plan_for_work())
    assert answer.status_code == 201, answer.text
    made: Json = answer.json()
    return made


def steps_done(page: str) -> list[str]:
    steps = page[page.index("Hoe ver bent u?") : page.index("</main>")]
    rows = [row for row in steps.split("<li")[1:] if "✓" in row]
    return [row.partition('">')[2].partition("</a>")[0].rpartition(">")[2] for row in rows]

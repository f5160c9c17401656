"""Organisers make, change, publish, close and cancel a gathering on pages alone."""

import re
from datetime import timedelta
from typing import Any

import httpx
import pytest
from doorpakken_plumbing.time import clock
from doorpakken_registration.common.model.dates import typed_day
from doorpakken_registration.gatherings.model.gathering import LOCAL

from services.registration.tests.component.conversation.test_table_pages import office
from services.registration.tests.component.desk import Desk, Json
from tests.names import new_word

__all__ = ["office"]

HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')


def in_days(number: int) -> str:
    return typed_day(clock.now().astimezone(LOCAL).date() + timedelta(days=number))


def five(**more: str) -> dict[str, str]:
    """The five fields, and a key of their own."""
    return {
        "title": f"Avond {new_word()}",
        "date": in_days(30),
        "begin": "15.00",
        "end": "18.30 uur",
        "venue_name": "Buurthuis",
        "idempotency_key": new_word(),
        **more,
    }


async def made(office: httpx.AsyncClient, **more: str) -> str:
    """The path of the staff page of a new draft."""
    answer = await office.post("/staff/gatherings/new", data=five(**more))
    assert answer.status_code == 303, answer.text
    return httpx.URL(answer.headers["location"]).path.removesuffix("/edit")


async def typed(office: httpx.AsyncClient, page: str, **changes: str) -> dict[str, str]:
    """What the edit form sends when these fields were typed over."""
    shown = (await office.get(f"{page}/edit")).text
    values = dict(re.findall(r'<input id="([^"]+)" [^>]*? value="([^"]*)"', shown))
    areas = re.findall(r'<textarea id="([^"]+)"[^>]*>([^<]*)</textarea>', shown)
    return {**values, **dict(areas), **dict(HIDDEN.findall(shown)), **changes}


async def read(desk: Desk, page: str) -> Json:
    found: Json = (await desk.client.get(f"/gatherings/{page.rpartition('/')[2]}")).json()
    return found


async def test_five_fields_make_a_draft_and_the_rest_follows_from_the_day(
    desk: Desk, office: httpx.AsyncClient
) -> None:
    form = five()
    answers = [await office.post("/staff/gatherings/new", data=form) for _ in range(2)]
    assert [one.status_code for one in answers] == [303, 303]
    assert len({one.headers["location"] for one in answers}) == 1
    page = httpx.URL(answers[0].headers["location"]).path.removesuffix("/edit")
    found = await read(desk, page)
    day = clock.now().astimezone(LOCAL).date() + timedelta(days=30)
    monday = day + timedelta(days=7 - day.weekday())
    assert (found["state"], found["title"]) == ("draft", form["title"])
    assert found["follow_up_from"] == monday.isoformat()
    assert found["follow_up_until"] == (monday + timedelta(days=32)).isoformat()
    values = await typed(office, page)
    assert (values["begin"], values["end"]) == ("15.00", "18.30")
    assert values["registration_closes_at"] == f"{in_days(29)} 18.00"
    assert values["pitches_close_at"] == f"{in_days(23)} 18.00"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"title": ""}, "title"),
        ({"date": "31 februari 2027"}, "date"),
        ({"begin": "drie uur"}, "begin"),
        ({"end": "14.00"}, "end"),
        ({"venue_name": ""}, "venue_name"),
    ],
)
async def test_what_is_wrong_is_told_at_its_field_and_kept(
    office: httpx.AsyncClient, wrong: dict[str, str], field: str
) -> None:
    form = five(**wrong)
    answer = await office.post("/staff/gatherings/new", data=form)
    assert answer.status_code == 422
    assert f'<a href="#{field}">' in answer.text
    kept = dict(re.findall(r'<input id="([^"]+)" [^>]*? value="([^"]*)"', answer.text))
    assert kept == {name: form[name] for name in kept}


async def test_rows_are_added_and_taken_away_without_saving(
    desk: Desk, office: httpx.AsyncClient
) -> None:
    page = await made(office)
    rows = {
        "programme.0.time": "15.30",
        "programme.0.title": "Welkom",
        "programme.1.time": "16.00",
        "programme.1.title": "Pitches",
        "questions.0.text": "Hoe komt u?",
        "questions.0.choices": "met de fiets\nmet de metro",
    }
    form = await typed(office, page, **rows)
    more = await office.post(f"{page}/edit", data=form | {"do": "add programme"})
    assert more.status_code == 200
    assert 'name="programme.3.title"' in more.text
    less = await office.post(f"{page}/edit", data=form | {"do": "remove programme 0"})
    assert 'name="programme.0.title" type="text" value="Pitches"' in less.text
    assert "Welkom" not in less.text
    assert (await read(desk, page))["programme"] == []
    assert (await office.post(f"{page}/edit", data=form)).status_code == 303
    found = await read(desk, page)
    assert [one["title"] for one in found["programme"]] == ["Welkom", "Pitches"]
    assert found["questions"][0]["choices"] == ["met de fiets", "met de metro"]
    # The same question keeps its id, and an emptied row goes.
    again = await typed(office, page, **{"programme.0.title": "", "programme.0.time": ""})
    assert (await office.post(f"{page}/edit", data=again)).status_code == 303
    later = await read(desk, page)
    assert [one["title"] for one in later["programme"]] == ["Pitches"]
    assert later["questions"] == found["questions"]


async def test_the_periods_move_along_with_the_day(desk: Desk, office: httpx.AsyncClient) -> None:
    page = await made(office)
    form = await typed(office, page, date=in_days(44), pitches_close_at=f"{in_days(40)} 12.00")
    assert (await office.post(f"{page}/edit", data=form)).status_code == 303
    values = await typed(office, page)
    assert values["registration_closes_at"] == f"{in_days(43)} 18.00"
    assert values["pitches_close_at"] == f"{in_days(40)} 12.00"


async def test_one_of_several_days_is_told_with_both(
    desk: Desk, office: httpx.AsyncClient, public: httpx.AsyncClient
) -> None:
    page = await made(office)
    rows = {"programme.0.time": "9.00", "programme.0.day": "2", "programme.0.title": "Ontbijt"}
    form = await typed(office, page, last_date=in_days(31), **rows)
    assert (await office.post(f"{page}/edit", data=form)).status_code == 303
    assert (await typed(office, page))["programme.0.day"] == "2"
    await office.post(f"{page}/publish")
    seen = (await public.get(f"/g/{page.rpartition('/')[2]}")).text
    assert "15.00 uur tot " in seen
    calendar = (await public.get(f"/g/{page.rpartition('/')[2]}/calendar.ics")).text
    days = re.findall(r"DT(?:START|END)[^:]*:(\d{8})", calendar)
    assert int(days[1]) != int(days[0])


async def test_a_draft_is_seen_as_visitors_will_then_published_and_closed(
    desk: Desk, office: httpx.AsyncClient, public: httpx.AsyncClient
) -> None:
    page = await made(office)
    seen = f"/g/{page.rpartition('/')[2]}"
    preview = (await office.get(f"{page}/preview")).text
    assert "Zo zien bezoekers deze bijeenkomst" in preview
    assert "<button disabled>Aanmelden</button>" in preview
    assert (await public.get(seen)).status_code == 404
    for _ in range(2):
        assert (await office.post(f"{page}/publish")).status_code == 303
    assert "Doe mee op" in (await public.get(seen)).text
    assert (await office.post(f"{page}/close")).status_code == 303
    assert "Doe mee op" not in (await public.get(seen)).text
    assert "Niemand kan zich nu aanmelden." in (await office.get(page)).text


async def test_a_move_is_shown_with_how_many_hear_of_it_before_it_is_saved(
    desk: Desk, office: httpx.AsyncClient, public: httpx.AsyncClient
) -> None:
    gathering_id = await desk.gathering()
    page = f"/staff/g/{gathering_id}"
    for _ in range(3):
        await desk.attendee(gathering_id)
    gone = await desk.attendee(gathering_id)
    await desk.client.delete(f"/attendees/{gone['id']}")
    form = await typed(office, page, venue_name="Kerk", reason="De zaal is dicht.")
    asked = await office.post(f"{page}/edit", data=form)
    assert asked.status_code == 200
    assert "3 deelnemers horen hiervan." in asked.text
    assert "Waarom: De zaal is dicht." in asked.text
    assert "Wordt: " in asked.text
    assert (await read(desk, page))["earlier"] == []
    back = await office.post(f"{page}/edit", data=form | {"do": "back"})
    assert 'value="Kerk"' in back.text
    confirmed = dict(HIDDEN.findall(asked.text)) | {"confirmed": "yes"}
    for _ in range(2):
        assert (await office.post(f"{page}/edit", data=confirmed)).status_code == 303
    found = await read(desk, page)
    assert (found["venue"]["name"], len(found["earlier"])) == ("Kerk", 1)
    for seen in (f"/g/{gathering_id}", "/"):
        text = (await public.get(seen)).text
        assert "Let op: deze bijeenkomst is verplaatst." in text
        assert "Waarom: De zaal is dicht." in text
    feed = (await public.get(f"/g/{gathering_id}/calendar.ics")).text.replace("\r\n ", "")
    assert "Waarom: De zaal is dicht." in feed
    renamed = await typed(office, page, title="Andere naam")
    assert (await office.post(f"{page}/edit", data=renamed)).status_code == 303


async def test_saving_without_a_change_moves_nothing(desk: Desk, office: httpx.AsyncClient) -> None:
    gathering_id = await desk.gathering()
    page = f"/staff/g/{gathering_id}"
    await desk.attendee(gathering_id)
    before = await read(desk, page)
    form = await typed(office, page)
    assert (await office.post(f"{page}/edit", data=form)).status_code == 303
    assert await read(desk, page) == before


async def test_a_reason_with_an_address_is_refused_and_kept(
    desk: Desk, office: httpx.AsyncClient
) -> None:
    page = f"/staff/g/{await desk.gathering()}"
    form = await typed(office, page, venue_name="Kerk", reason="mail g@mom.example")
    refused = await office.post(f"{page}/edit", data=form)
    assert refused.status_code == 422
    assert 'value="mail g@mom.example"' in refused.text
    cancel = await office.post(
        f"{page}/cancel", data={"reason": "mail g@mom.example", "idempotency_key": new_word()}
    )
    assert cancel.status_code == 422


async def test_who_changed_it_meanwhile_is_shown_beside_what_was_typed(
    desk: Desk, office: httpx.AsyncClient
) -> None:
    page = await made(office)
    form = await typed(office, page, title="Van ons", capacity="40")
    other = {"title": "Van hen"}
    await desk.client.patch(f"/gatherings/{page.rpartition('/')[2]}", json=other)
    answer = await office.post(f"{page}/edit", data=form)
    assert answer.status_code == 412
    rows = re.findall(
        r'<th scope="row">([^<]+)</th>.*?<pre>(.*?)</pre>.*?<pre>(.*?)</pre>', answer.text
    )
    assert rows == [
        ("Naam van de bijeenkomst", "Van hen", "Van ons"),
        ("Hoeveel mensen kunnen er in?", "–", "40"),
    ]
    assert (await read(desk, page))["title"] == "Van hen"
    again = form | dict(HIDDEN.findall(answer.text))
    assert (await office.post(f"{page}/edit", data=again)).status_code == 303
    assert (await read(desk, page))["title"] == "Van ons"


async def test_cancelling_shows_the_text_first_and_every_page_says_so(
    desk: Desk, office: httpx.AsyncClient, public: httpx.AsyncClient
) -> None:
    gathering_id = await desk.gathering()
    page = f"/staff/g/{gathering_id}"
    person = await desk.attendee(gathering_id)
    form: dict[str, Any] = {"reason": "De zaal is afgebrand.", "idempotency_key": new_word()}
    assert "1 deelnemer hoort hiervan." in (await office.get(f"{page}/cancel")).text
    asked = await office.post(f"{page}/cancel", data=form)
    assert "Waarom: De zaal is afgebrand." in asked.text
    assert (await read(desk, page))["state"] == "published"
    for _ in range(2):
        done = await office.post(f"{page}/cancel", data=form | {"confirmed": "yes"})
        assert done.status_code == 303
    assert (await read(desk, page))["state"] == "cancelled"
    link = await public.get(await desk.link(person["person_id"]))
    feed = (await public.get("/me/calendar.ics")).text.replace("\r\n ", "")
    assert link.status_code == 303
    for seen in ("/me", f"/g/{gathering_id}", "/"):
        text = (await public.get(seen)).text
        assert "Deze bijeenkomst gaat niet door." in text
        assert "Waarom: De zaal is afgebrand." in text
    assert "STATUS:CANCELLED" in feed
    assert "Waarom: De zaal is afgebrand." in feed

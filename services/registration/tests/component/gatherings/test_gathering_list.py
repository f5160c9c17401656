"""The gatherings of staff on a page: one that follows another, and the list of themes."""

import httpx

from services.registration.tests.component.conversation.test_table_pages import office
from services.registration.tests.component.desk import Desk
from services.registration.tests.component.gatherings.test_gathering_pages import (
    in_days,
    made,
    read,
    typed,
)
from tests.names import new_word

__all__ = ["office"]


async def test_one_that_follows_another_has_its_programme_and_questions(
    desk: Desk, office: httpx.AsyncClient
) -> None:
    first = await made(office)
    rows = {
        "programme.0.time": "16.00",
        "programme.0.title": "Pitches",
        "questions.0.text": "Hoe komt u?",
        "capacity": "80",
    }
    await office.post(f"{first}/edit", data=await typed(office, first, **rows))
    before = await read(desk, first)
    shown = await office.get(f"/staff/gatherings/new?continues={before['id']}")
    assert f'name="continues" value="{before["id"]}"' in shown.text
    second = await made(office, date=in_days(60), continues=before["id"])
    found, values = await read(desk, second), await typed(office, second)
    assert (found["continues"], found["capacity"]) == (before["id"], 80)
    assert (values["programme.0.time"], values["programme.0.title"]) == ("16.00", "Pitches")
    [question], [old] = found["questions"], before["questions"]
    assert question["text"] == old["text"]
    assert question["question_id"] != old["question_id"]


async def test_a_theme_of_the_list_is_chosen(desk: Desk, office: httpx.AsyncClient) -> None:
    theme = f"Wonen {new_word()}"
    for _ in range(2):
        assert (await office.post("/staff/themes", data={"theme": theme})).status_code == 303
    assert (await office.get("/staff/themes")).text.count(f"<li>{theme}") == 1
    page = await made(office)
    form = await typed(office, page, theme=theme)
    assert (await office.post(f"{page}/edit", data=form)).status_code == 303
    assert (await read(desk, page))["theme"] == theme
    assert (await office.post("/staff/themes/delete", data={"theme": theme})).status_code == 303
    assert theme not in (await office.get("/staff/themes")).text
    assert f'value="{theme}" checked' in (await office.get(f"{page}/edit")).text
    for wrong in (" ", "bel 06 12345678"):
        refused = await office.post("/staff/themes", data={"theme": wrong})
        assert refused.status_code == 422
    await office.post(f"{page}/publish")
    seen = (await office.get(f"/g/{page.rpartition('/')[2]}")).text
    assert f"Thema: {theme}" in seen


async def test_all_gatherings_of_staff_are_listed(office: httpx.AsyncClient) -> None:
    page = await made(office)
    listed = (await office.get("/staff/gatherings")).text
    assert f'href="{page}"' in listed
    assert "Nieuwe bijeenkomst" in listed

"""The pages of portraits: organisers write, change and delete them, everybody reads them."""

import re

import httpx
import pytest

from services.registration.tests.component.accepted import accepted_pitch
from services.registration.tests.component.conversation.test_table_pages import office
from services.registration.tests.component.desk import Desk, plan_for_work

__all__ = ["office"]

FORM = {
    "title": "Dit is <Gladys>",
    "summary": "38, moeder van drie.",
    "motivations": "Van haar werk leven\r\n\r\nEen voorbeeld zijn",
    "frustrations": "Geen opvang",
}


async def test_a_portrait_on_its_pages(
    desk: Desk, public: httpx.AsyncClient, office: httpx.AsyncClient
) -> None:
    gathering_id = await desk.gathering()
    need = (await accepted_pitch(desk, gathering_id))["needs"][0]
    new = await desk.client.post(
        f"/gatherings/{gathering_id}/pitches", json=plan_for_work(title="Nog niet")
    )
    linked = [need["need_id"], new.json()["needs"][0]["need_id"]]
    pages, seen = f"/staff/g/{gathering_id}/portraits", f"/g/{gathering_id}/portraits"
    assert "Er zijn nog geen portretten." in (await public.get(seen)).text
    form = FORM | {"need_ids": linked, "idempotency_key": "one"}
    for _ in range(2):
        assert (await office.post(pages, data=form)).status_code == 303
    page = (await public.get(seen)).text
    assert "<h2>Dit is &lt;Gladys&gt;</h2>" in page
    assert "<li>Van haar werk leven</li><li>Een voorbeeld zijn</li>" in page
    assert "<li>OCTA: stageplekken (15 plekken)</li>" in page
    assert "Nog niet" not in page
    [own] = re.findall(rf'href="({pages}/[^"]+)"', (await office.get(pages)).text)
    filled = (await office.get(own)).text
    assert 'value="Dit is &lt;Gladys&gt;"' in filled
    assert filled.count(" checked") == 2
    assert (await office.post(own, data=FORM | {"title": "Dit is Rowena"})).status_code == 303
    page = (await public.get(f"{seen}?lang=en")).text
    assert "<h2>Dit is Rowena</h2>" in page
    assert "What drives her?" in page
    assert "OCTA" not in page
    assert (await office.post(f"{own}/delete")).status_code == 303
    assert "Rowena" not in (await public.get(seen)).text


@pytest.mark.parametrize(
    ("wrong", "field", "sentence"),
    [
        ({"title": ""}, "title", "Geef het portret een naam, met hooguit 200 letters."),
        ({"summary": "x" * 5001}, "summary", "Vertel het korter, met hooguit 5000 letters."),
        ({"motivations": "x" * 201}, "motivations", "Schrijf hooguit 20 regels"),
        ({"frustrations": "mail g@mom.example"}, "frustrations", "Iedereen kan dit lezen."),
        ({"need_ids": "nope"}, "need_ids", "Kies iets dat bij een pitch"),
    ],
)
async def test_mistakes_in_a_portrait_are_said_at_their_field(
    desk: Desk, office: httpx.AsyncClient, wrong: dict[str, str], field: str, sentence: str
) -> None:
    path = f"/staff/g/{await desk.gathering()}/portraits"
    page = await office.post(path, data=FORM | wrong)
    assert (page.status_code, sentence in page.text) == (422, True)
    assert f'href="#{field}"' in page.text
    assert "Een voorbeeld zijn" in page.text or field == "motivations"

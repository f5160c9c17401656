"""Two of the staff change the same thing: the second one sees both versions, and decides."""

from dataclasses import dataclass
from typing import Any

import httpx
import pytest
from selectolax.lexbor import LexborHTMLParser

from services.registration.tests.component.desk import Desk
from services.registration.tests.component.filling import fields_of
from tests.names import new_word


@dataclass
class Form:
    """A form of staff, posted to `path` and shown on `page`."""

    staff: httpx.AsyncClient
    page: str
    path: str

    async def open(self, **typed: str) -> dict[str, str]:
        return fields_of(await self._shown(), **typed)

    async def send(self, typed: dict[str, str]) -> httpx.Response:
        return await self.staff.post(self.path, data=typed)

    async def _shown(self) -> httpx.Response:
        shown = await self.staff.get(self.page)
        assert shown.status_code == 200, shown.text
        return shown


@pytest.fixture
def staff_pages(desk: Desk, public: httpx.AsyncClient) -> httpx.AsyncClient:
    """An organiser with a browser."""
    public.headers.update(desk.client.headers)
    return public


async def test_of_a_person(desk: Desk, staff_pages: httpx.AsyncClient) -> None:
    person_id = (await desk.attendee(await desk.gathering()))["person_id"]
    path = f"/staff/people/{person_id}"
    form = Form(staff_pages, path, path)
    first, second = f"Imane {new_word()}", f"Imane {new_word()}"
    await both_send(form, {"name": first}, {"name": second}, shown=[first])
    kept = await staff_pages.get(f"/api/v1/persons/{person_id}")
    assert kept.json()["name"] == second


async def test_of_an_organisation(desk: Desk, staff_pages: httpx.AsyncClient) -> None:
    made = await desk.attendee(await desk.gathering(), organisation=f"OCTA {new_word()}")
    path = f"/staff/organisations/{made['organisation_id']}"
    form = Form(staff_pages, path, path)
    first, second = f"OCTA {new_word()}", f"OCTA {new_word()}"
    await both_send(form, {"name": first}, {"name": second}, shown=[first])
    changed = {"kind": "other"}
    await both_send(form, {"kind": "local_entrepreneur"}, changed, shown=["ondernemer"])


async def test_of_the_contacts_of_an_organisation(
    desk: Desk, staff_pages: httpx.AsyncClient
) -> None:
    gathering_id, name = await desk.gathering(), f"OCTA {new_word()}"
    one, other = [await desk.attendee(gathering_id, organisation=name) for _ in range(2)]
    path = f"/staff/organisations/{one['organisation_id']}"
    state = (await Form(staff_pages, path, path).open())["seen"]
    for chosen in (one, other):
        typed = {"seen": state, "contact": chosen["person_id"]}
        answer = await staff_pages.post(f"{path}/contacts", data=typed)
    assert answer.status_code == 412
    boxes = LexborHTMLParser(answer.text).css("input[name=contact][checked]")
    assert [box.attributes["value"] for box in boxes] == [other["person_id"]]
    again = fields_of(answer) | {"contact": other["person_id"]}
    assert (await staff_pages.post(f"{path}/contacts", data=again)).status_code == 303


async def test_of_a_portrait(desk: Desk, staff_pages: httpx.AsyncClient) -> None:
    path = f"/staff/g/{await desk.gathering()}/portraits"
    new = {"title": "Dit is Dotterbloem", "motivations": "Een stage"}
    await staff_pages.post(path, data=new)
    listed = LexborHTMLParser((await staff_pages.get(path)).text)
    [page] = [str(one.attributes["href"]) for one in listed.css("ul.rows a")]
    form = Form(staff_pages, page, page)
    first, second = {"motivations": "Een baan"}, {"motivations": "Een stage\r\nEen baan"}
    await both_send(form, first, second, shown=["Een baan"])


async def both_send(
    form: Form, first: dict[str, str], second: dict[str, str], *, shown: list[str]
) -> None:
    """Both open the form, then send it one after the other; the second one insists."""
    theirs, mine = await form.open(**first), await form.open(**second)
    assert (await form.send(theirs)).status_code == 303
    answer = await form.send(mine)
    assert answer.status_code == 412
    assert "Iemand anders veranderde dit intussen." in answer.text
    assert values_now(answer) == shown
    insisting = fields_of(answer)
    assert without_state(insisting) == without_state(mine)
    assert (await form.send(insisting)).status_code == 303


def values_now(page: httpx.Response) -> list[str]:
    """What the page says that stands there now."""
    return [one.text() for one in LexborHTMLParser(page.text).css(".meanwhile strong")]


def without_state(fields: dict[str, str]) -> dict[str, Any]:
    return {name: text for name, text in fields.items() if name not in ("seen", "idempotency_key")}

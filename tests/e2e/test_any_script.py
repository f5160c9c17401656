"""Names and plans in any script come through whole, from the form over the store and the event to
the page; and what looks like HTML is shown as it was written."""

import json

import pytest
from doorpakken_local.demo.counting.stores import opened_stores
from doorpakken_local.demo.play import Play
from doorpakken_local.demo.stories.parts import Person
from doorpakken_plumbing.kafka.admin import history
from selectolax.lexbor import LexborHTMLParser

from tests.e2e.gatherings import API, CROWD
from tests.names import new_word

TEXTS = {
    "from right to left": "ليلى الحسن",
    "from right to left in between": "Sara שרה Vlinder",
    "pictures": "Zoë 🌷👩🏾‍🌾 Waterlelie",
    "signs that combine": "Thuận नमस्ते x̌",
    "what looks like a page": "<b>Gladys</b> & \"Zoon\" <script>alert('x')</script>",
    "what looks like a template": "{{ 7 * 7 }} %(name)s ${x}",
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
async def test_a_name_and_a_plan_come_through_whole(play: Play, text: str) -> None:
    address = f"{new_word()}{CROWD}"
    visitor = play.web.browser()
    form = (await visitor.open(play.page_url)).form()
    await visitor.send(form, {"name": [text], "email": [address], "kind": ["community_member"]})
    somebody = Person(name=text, kind="community_member", email=address)
    mail = await play.mail_for(somebody, "personal_link")
    assert text not in mail.text + shown(mail.html) + mail.subject
    page = await visitor.open(mail.button(play.place.urls["registration"]))
    assert f"Dag {text}." in shown(page.html)
    await play.settled()
    person_id = await kept(play, address, text)
    assert await told(play, person_id) == {text}
    assert await on_the_wall(play, person_id, text)


async def kept(play: Play, address: str, name: str) -> str:
    """The id of the one person of this name and address."""
    async with opened_stores(play.place) as stores:
        [found] = await stores["registration"]["persons"].find({"email": address}).to_list()
        [contact] = await stores["notification"]["contact"].find({"_id": found["_id"]}).to_list()
    assert (found["name"], contact["data"]["name"]) == (name, name)
    return str(found["_id"])


async def told(play: Play, person_id: str) -> set[str]:
    """Every name that was said of them."""
    records = await history(play.place.kafka, ["person-contact"])
    states = [json.loads(one.value) for one in records if one.value]
    return {one["name"] for one in states if one["person_id"] == person_id}


async def on_the_wall(play: Play, person_id: str, title: str) -> bool:
    """Whether a plan of this title, once accepted, is on the page that everybody reads."""
    staff = play.desk.registration
    pitch = await staff.post(
        f"{play.gathering_path}/pitches",
        {
            "person_id": person_id,
            "kind": "idea",
            "title": title,
            "summary": title,
            "needs": [{"category": "people", "description": title, "amount": 2, "unit": "person"}],
        },
    )
    await staff.post(f"{API}/pitches/{pitch['id']}/review", {"decision": "accepted"})
    page = await play.web.browser().open(f"{play.page_url}/needs")
    return title in shown(page.html)


def shown(html: str) -> str:
    """What people read of it; what was taken for a tag is not among it."""
    tree = LexborHTMLParser(html)
    body = tree.body
    assert body is not None
    return " ".join(body.text().split())

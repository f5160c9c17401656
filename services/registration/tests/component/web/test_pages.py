"""The public pages: what was typed stays, what is wrong is said at its field, twice is once."""

import re

import httpx
import pytest

from services.registration.tests.component.desk import Desk, somebody
from services.registration.tests.component.plans import PLAN
from tests.names import new_mobile


async def test_signing_up_on_the_page(desk: Desk, public: httpx.AsyncClient) -> None:
    gathering_id = await desk.gathering()
    assert gathering_id in (await public.get("/")).text
    page = await public.get(f"/g/{gathering_id}")
    key = re.search(r'name="idempotency_key" value="([^"]+)"', page.text)
    assert key
    form = somebody(organisation="De Dreef")
    for _ in range(2):
        sent = await public.post(f"/g/{gathering_id}", data=form | {"idempotency_key": key[1]})
        assert sent.status_code == 303
        assert (await public.get(sent.headers["location"])).status_code == 200
    listed = (await desk.client.get(f"/gatherings/{gathering_id}/attendees")).json()
    [attendee] = listed["items"]
    assert (attendee["kind"], attendee["organisation"]) == ("community_member", "De Dreef")
    assert len(await desk.said("link-requested", person_id=attendee["person_id"])) == 1


async def test_a_gathering_says_who_comes_by_kind(desk: Desk, public: httpx.AsyncClient) -> None:
    gathering_id = await desk.gathering()
    path = f"/g/{gathering_id}"
    assert "Wie komen er?" not in (await public.get(path)).text
    for name, kind in (("A", "other"), ("B", "community_member"), ("C", "community_member")):
        last = await desk.attendee(gathering_id, name=name, kind=kind)
    page = (await public.get(path)).text
    assert "2 bewoners en vrijwilligers en 1 van gemeente, school of fonds." in page
    english = (await public.get(f"{path}?lang=en")).text
    assert "2 residents and volunteers and 1 from the city, a school or a fund." in english
    await desk.client.delete(f"/attendees/{last['id']}")
    assert "1 bewoner of vrijwilliger en 1 van" in (await public.get(f"{path}?lang=nl")).text


async def test_a_form_with_mistakes_keeps_what_was_typed(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    path = f"/g/{await desk.gathering()}"
    form = {"name": "Gladys <b>", "email": "nergens", "kind": "other", "arrangements": ["diet"]}
    page = await public.post(path, data=form)
    assert page.status_code == 422
    assert 'value="Gladys &lt;b&gt;"' in page.text
    assert 'href="#email"' in page.text
    assert 'aria-describedby="email-error" aria-invalid="true"' in page.text
    assert page.text.count(" checked") == 2
    english = await public.post(f"{path}?lang=en", data=form)
    assert "This e-mail address is not right." in english.text


async def test_no_address_at_all_is_said_at_the_address(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    page = await public.post(f"/g/{await desk.gathering()}", data={"name": "A", "kind": "other"})
    assert (page.status_code, "Eén is genoeg." in page.text) == (422, True)


@pytest.mark.parametrize(
    ("reached", "told", "untold"),
    [
        ({}, "U krijgt een mail met uw persoonlijke link.", "Wij bellen u"),
        ({"email": "", "phone": f"06{new_mobile()}"}, "Wij bellen u", "U krijgt een mail"),
    ],
)
@pytest.mark.parametrize(("page", "more"), [("", {}), ("/pitch", "plan")])
async def test_thanks_say_once_what_happens_next(
    desk: Desk,
    public: httpx.AsyncClient,
    page: str,
    more: object,
    reached: dict[str, str],
    told: str,
    untold: str,
) -> None:
    form = somebody() | reached | (PLAN if more else {})
    sent = await public.post(f"/g/{await desk.gathering()}{page}", data=form)
    first = await public.get(sent.headers["location"])
    assert (told in first.text, untold in first.text) == (True, False)
    again = await public.get(sent.headers["location"])
    assert again.status_code == 200
    assert (told in again.text, untold in again.text) == (False, False)


async def test_a_text_is_as_long_as_the_browser_counted(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    # 2,500 lines of one letter and their ends: 5,000 signs, of which a browser sends 7,500.
    summary = "\r\n".join("a" for _ in range(2500))
    gathering_id = await desk.gathering()
    sent = await public.post(
        f"/g/{gathering_id}/pitch", data=somebody() | PLAN | {"summary": summary}
    )
    assert sent.status_code == 303
    wrong = await public.post(
        f"/g/{gathering_id}/pitch", data=somebody() | PLAN | {"summary": f"{summary}\r\naa"}
    )
    assert wrong.status_code == 422


async def test_pitching_on_the_page(desk: Desk, public: httpx.AsyncClient) -> None:
    gathering_id = await desk.gathering()
    sent = await public.post(f"/g/{gathering_id}/pitch", data=somebody() | PLAN)
    assert sent.status_code == 303
    assert (await public.get(sent.headers["location"])).status_code == 200
    [pitch] = (await desk.client.get(f"/gatherings/{gathering_id}/pitches")).json()["items"]
    money, space = pitch["needs"]
    assert (money["amount"], money["unit"], money["wanted_by"]) == (
        320050,
        "euro_cent",
        "2030-11-06",
    )
    assert (space["category"], space["amount"], space["wanted_by"]) == ("space", 10, "2030-11-07")


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"needs.0.amount": "veel"}, "needs.0.amount"),
        ({"needs.0.wanted_by": "31-2-2030"}, "needs.0.wanted_by"),
        ({"needs.0.what": ""}, "needs.0.what"),
        ({"needs.2.description": ""}, "needs.2.description"),
        ({"summary": "bel 06 12345678"}, "summary"),
        ({"title": ""}, "title"),
        ({"email": ""}, "email"),
    ],
)
async def test_mistakes_in_a_pitch_are_said_at_their_field(
    desk: Desk, public: httpx.AsyncClient, wrong: dict[str, str], field: str
) -> None:
    path = f"/g/{await desk.gathering()}/pitch"
    page = await public.post(path, data=somebody() | PLAN | wrong)
    assert page.status_code == 422
    assert f'href="#{field}"' in page.text
    assert f'id="{field}"' in page.text


async def test_my_page_shows_and_ends_what_is_mine(desk: Desk, public: httpx.AsyncClient) -> None:
    gathering_id = await desk.gathering()
    session_id = await desk.session(gathering_id)
    mine = await desk.attendee(gathering_id)
    made = await desk.client.post(
        f"/sessions/{session_id}/sign-ups", json={"attendee_id": mine["id"]}
    )
    followed = await public.get(await desk.link(mine["person_id"]))
    assert followed.headers["location"].endswith("/me")
    leave = f"/me/sign-ups/{made.json()['id']}/leave"
    cancel = f"/me/attendees/{mine['id']}/cancel"
    page = await public.get("/me")
    assert leave in page.text
    assert cancel in page.text
    assert (await public.post(leave)).status_code == 303
    assert leave not in (await public.get("/me")).text
    assert (await public.post(cancel)).status_code == 303
    assert cancel not in (await public.get("/me")).text


async def test_an_older_generation_of_links_is_refused(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    mine = await desk.attendee(await desk.gathering())
    link = await desk.link(mine["person_id"])
    assert (await public.get(link)).status_code == 303
    await desk.service.mongo["persons"].update_one(
        {"_id": mine["person_id"]}, {"$set": {"generation": 1}}
    )
    assert (await public.get(link)).status_code == 404
    assert (await public.get("/me")).status_code == 401


@pytest.mark.parametrize("path", ["/g/nope", "/g/nope/pitch", "/l/x.y", "/g/nope/thanks"])
async def test_what_is_not_there_is_a_page(public: httpx.AsyncClient, path: str) -> None:
    page = await public.get(path)
    assert page.status_code == 404
    assert page.headers["content-type"].startswith("text/html")


async def test_the_description_names_every_operation(public: httpx.AsyncClient) -> None:
    described = (await public.get("/openapi.json")).json()
    operations = [
        operation
        for path, methods in described["paths"].items()
        if path.startswith("/api/v1")
        for operation in methods.values()
    ]
    assert len(operations) > 15
    assert all(operation["summary"] and operation["tags"] for operation in operations)

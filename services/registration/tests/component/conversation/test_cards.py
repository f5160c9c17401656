"""Paper cards: found by a few letters, saved with Enter, taken back, and never guessed."""

import re
from collections.abc import AsyncIterator

import httpx
import pytest
import pytest_asyncio
from doorpakken_plumbing.identity.staff import COOKIE, Staff, sign_token
from doorpakken_registration.settings import Settings

from services.registration.tests.component.accepted import accepted_pitches
from services.registration.tests.component.desk import Desk, Json, plan_for_work

KEYS_PER_CARD = 25
FIRST = ("Gladys", "Rowena", "Cas", "Ifeoma", "Jerrel", "Noor", "Sabri", "Winta")
LAST = ("Waterlelie", "Zilverspar", "Dotterbloem", "Pinksterbloem", "Ratelpopulier", "Meidoorn")


@pytest_asyncio.fixture
async def office(public: httpx.AsyncClient, settings: Settings) -> AsyncIterator[httpx.AsyncClient]:
    """The browser of an organiser."""
    staff = Staff("staff-1", {"*": "organiser"}, "session-1")
    public.cookies.set(COOKIE, sign_token(settings.staff_private_key.get_secret_value(), staff))
    yield public


async def test_a_typical_card_takes_few_keys(desk: Desk, office: httpx.AsyncClient) -> None:
    gathering_id = await desk.gathering()
    first, second, third = await accepted_pitches(desk, gathering_id, 3)
    everybody = [
        await desk.attendee(gathering_id, name=f"{begin} {end}") for end in LAST for begin in FIRST
    ]
    for typed, who in (("ife pin", "Ifeoma Pinksterbloem"), ("12", "Ifeoma Zilverspar")):
        numbers = "3 1 2"
        assert len(typed) + len("\t") + len(numbers) + len("\n") <= KEYS_PER_CARD
        saved = await _enter(office, gathering_id, typed, numbers)
        assert saved.status_code == 303, saved.text
        page = await office.get(saved.headers["location"])
        assert f"{who}: 3, 1, 2" in page.text
        assert re.search(r'<input id="who"[^>]* value=""[^>]* autofocus', page.text)
    assert "2 kaarten ingevoerd" in page.text
    assert await _listed(desk, gathering_id) == {
        everybody[at]["id"]: [third, first, second] for at in (27, 11)
    }


async def test_who_is_meant_is_chosen_not_guessed(desk: Desk, office: httpx.AsyncClient) -> None:
    gathering_id = await desk.gathering()
    [pitch_id] = await accepted_pitches(desk, gathering_id, 1)
    mother = await desk.attendee(gathering_id, name="Gladys Waterlelie")
    daughter = await desk.attendee(gathering_id, name="Gladys Waterlelie")
    page = await _enter(office, gathering_id, "gladys", "1")
    assert (page.status_code, "Kies er één." in page.text) == (422, True)
    assert 'value="gladys"' in page.text
    assert 'name="numbers" value="1"' in page.text
    chosen = re.findall(r'name="attendee_id" value="([^"]+)"', page.text)
    assert chosen == [mother["id"], daughter["id"]]
    assert await _listed(desk, gathering_id) == {}
    path = f"/staff/g/{gathering_id}/cards"
    form = {"who": "gladys", "numbers": "1", "attendee_id": daughter["id"]}
    assert (await office.post(path, data=form)).status_code == 303
    assert await _listed(desk, gathering_id) == {daughter["id"]: [pitch_id]}


async def test_a_whole_name_goes_before_longer_ones(desk: Desk, office: httpx.AsyncClient) -> None:
    gathering_id = await desk.gathering()
    [pitch_id] = await accepted_pitches(desk, gathering_id, 1)
    await desk.attendee(gathering_id, name="Cas Meidoornlaan")
    meant = await desk.attendee(gathering_id, name="Cas Meidoorn")
    assert (await _enter(office, gathering_id, "cas  meidoorn", "1")).status_code == 303
    assert await _listed(desk, gathering_id) == {meant["id"]: [pitch_id]}


@pytest.mark.parametrize(
    ("who", "numbers", "field", "sentence"),
    [
        ("", "1", "who", "Niemand heeft deze naam of dit nummer."),
        ("z", "1", "who", "Niemand heeft deze naam of dit nummer."),
        ("99", "1", "who", "Niemand heeft deze naam of dit nummer."),
        ("left", "1", "who", "Niemand heeft deze naam of dit nummer."),
        pytest.param("9" * 5000, "1", "who", "Niemand heeft deze naam of dit nummer.", id="long"),
        ("gl", "", "numbers", "Typ één tot drie verschillende nummers van de kaart."),
        ("gl", "9", "numbers", "Typ één tot drie verschillende nummers van de kaart."),
        ("gl", "2", "numbers", "Typ één tot drie verschillende nummers van de kaart."),
        ("gl", "1 1", "numbers", "Typ één tot drie verschillende nummers van de kaart."),
        ("gl", "1 3 4 5", "numbers", "Typ één tot drie verschillende nummers van de kaart."),
        ("gl", "<b>1", "numbers", "Typ één tot drie verschillende nummers van de kaart."),
    ],
)
async def test_what_cannot_be_read_is_said_and_kept(
    desk: Desk, office: httpx.AsyncClient, who: str, numbers: str, field: str, sentence: str
) -> None:
    gathering_id = await desk.gathering()
    await accepted_pitches(desk, gathering_id, 1)
    # The second one waits for a decision: it has a number, and is on no card.
    await desk.client.post(f"/gatherings/{gathering_id}/pitches", json=plan_for_work())
    await accepted_pitches(desk, gathering_id, 3)
    await desk.attendee(gathering_id, name="Gladys Waterlelie")
    left = await desk.attendee(gathering_id, name="Left Early")
    await desk.client.delete(f"/attendees/{left['id']}")
    page = await _enter(office, gathering_id, who, numbers)
    assert (page.status_code, sentence in page.text) == (422, True)
    assert re.search(rf'<input id="{field}"[^>]* autofocus', page.text)
    assert page.text.count(" autofocus") == 1
    assert "<b>1" not in page.text
    assert await _listed(desk, gathering_id) == {}


async def test_a_card_is_taken_back(desk: Desk, office: httpx.AsyncClient) -> None:
    gathering_id = await desk.gathering()
    first, second = await accepted_pitches(desk, gathering_id, 2)
    mine = await desk.attendee(gathering_id, name="Gladys Waterlelie")
    await desk.client.put(f"/attendees/{mine['id']}/wishes", json={"pitch_ids": [first]})
    await _enter(office, gathering_id, "gla", "2 1")
    [undo] = await _undos(office, gathering_id)
    for _ in range(2):
        assert (await office.post(undo)).status_code == 303
    assert await _listed(desk, gathering_id) == {mine["id"]: [first]}
    assert await _undos(office, gathering_id) == []
    said = await desk.said("wishes-stated", attendee_id=mine["id"])
    assert [one["pitch_ids"] for one in said] == [[first], [second, first], [first]]


async def test_what_was_said_since_stays(desk: Desk, office: httpx.AsyncClient) -> None:
    gathering_id = await desk.gathering()
    _, second = await accepted_pitches(desk, gathering_id, 2)
    mine = await desk.attendee(gathering_id, name="Gladys Waterlelie")
    await _enter(office, gathering_id, "gla", "1")
    await desk.client.put(f"/attendees/{mine['id']}/wishes", json={"pitch_ids": [second]})
    [undo] = await _undos(office, gathering_id)
    page = await office.post(undo)
    assert (page.status_code, "koos daarna iets anders" in page.text) == (422, True)
    assert await _listed(desk, gathering_id) == {mine["id"]: [second]}


async def test_sent_twice_is_one_card(desk: Desk, office: httpx.AsyncClient) -> None:
    gathering_id = await desk.gathering()
    await accepted_pitches(desk, gathering_id, 1)
    await desk.attendee(gathering_id, name="Gladys Waterlelie")
    for _ in range(2):
        await _enter(office, gathering_id, "gla", "1", idempotency_key="one")
    assert len(await _undos(office, gathering_id)) == 1


async def test_the_last_ten_are_shown_and_all_are_counted(
    desk: Desk, office: httpx.AsyncClient
) -> None:
    gathering_id = await desk.gathering()
    await accepted_pitches(desk, gathering_id, 1)
    for at in range(11):
        await desk.attendee(gathering_id, name=f"Noor {at}")
        await _enter(office, gathering_id, f"noor {at}", "1")
    assert len(await _undos(office, gathering_id)) == 10
    english = await office.get(f"/staff/g/{gathering_id}/cards?lang=en")
    assert "11 cards entered" in english.text


async def test_the_printed_card_has_the_same_numbers(desk: Desk, office: httpx.AsyncClient) -> None:
    gathering_id = await desk.gathering()
    await desk.client.post(f"/gatherings/{gathering_id}/pitches", json=plan_for_work())
    await accepted_pitches(desk, gathering_id, 1)
    for path in ("cards", "cards/print"):
        page = await office.get(f"/staff/g/{gathering_id}/{path}")
        assert "<strong>2</strong> Plan 1" in page.text
        assert "<strong>1</strong>" not in page.text


async def test_an_erased_person_is_on_no_card(desk: Desk, office: httpx.AsyncClient) -> None:
    gathering_id = await desk.gathering()
    await accepted_pitches(desk, gathering_id, 1)
    mine = await desk.attendee(gathering_id, name="Gladys Waterlelie")
    await _enter(office, gathering_id, "gla", "1")
    erased = await desk.client.post(f"/persons/{mine['person_id']}/erase")
    assert erased.status_code == 202, erased.text
    assert await desk.service.mongo["cards"].count({"attendee_id": mine["id"]}) == 0


async def test_cards_are_for_organisers(desk: Desk, public: httpx.AsyncClient) -> None:
    gathering_id = await desk.gathering()
    for path in ("", "/cards", "/cards/print"):
        page = await public.get(f"/staff/g/{gathering_id}{path}")
        assert page.status_code == 401
    page = await public.post(f"/staff/g/{gathering_id}/cards", data={"who": "a", "numbers": "1"})
    assert page.status_code == 401


async def test_the_work_for_a_gathering_is_listed(desk: Desk, office: httpx.AsyncClient) -> None:
    gathering_id = await desk.gathering()
    assert f'/staff/g/{gathering_id}"' in (await office.get("/")).text
    page = await office.get(f"/staff/g/{gathering_id}")
    for path in re.findall(rf'href="(/staff/g/{gathering_id}/[^"]+)"', page.text):
        assert (await office.get(path)).status_code == 200, path


async def _enter(
    office: httpx.AsyncClient, gathering_id: str, who: str, numbers: str, **more: str
) -> httpx.Response:
    form = {"who": who, "numbers": numbers, **more}
    return await office.post(f"/staff/g/{gathering_id}/cards", data=form)


async def _undos(office: httpx.AsyncClient, gathering_id: str) -> list[str]:
    page = await office.get(f"/staff/g/{gathering_id}/cards")
    return re.findall(r'action="([^"]+/undo)"', page.text)


async def _listed(desk: Desk, gathering_id: str) -> dict[str, list[str]]:
    listed: list[Json] = (await desk.client.get(f"/gatherings/{gathering_id}/wishes")).json()[
        "items"
    ]
    return {one["attendee_id"]: one["pitch_ids"] for one in listed}

"""Who lost their link has it mailed again; who asks does not learn whether an address is known."""

import re
from collections.abc import Sequence

import httpx
from doorpakken_registration.people.lost_links import AT_ONCE, PEOPLE_MAX
from doorpakken_registration.people.store.persons import list_persons_at

from services.registration.tests.component.desk import Desk
from tests.names import new_email, new_word
from tests.probe import becomes

PATH = "/api/v1/link-requests"


async def test_each_person_with_the_address_gets_their_own_link(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    email = f"gezin.{new_word()}@buurt.example"
    gathering_id = await desk.gathering()
    names = ("Baran Beukenhof", "Meral Beukenhof")
    family = [
        (await desk.attendee(gathering_id, name=name, email=email))["person_id"] for name in names
    ]
    # One whose address only begins like it.
    other = (await desk.attendee(gathering_id, email=f"{email}.example"))["person_id"]
    answer = await public.post(PATH, json={"email": email.upper()})
    assert (answer.status_code, answer.json()) == (202, {"status": "received"})
    await becomes(lambda: purposes(desk, family), ["sign_in"] * 2)
    assert await purposes(desk, [other]) == []


async def test_nobody_learns_whether_an_address_is_known(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    email = new_email()
    person_id = (await desk.attendee(await desk.gathering(), email=email))["person_id"]
    before = await desk.said("link-requested")
    answers = [await public.post(PATH, json={"email": one}) for one in (f"niet.{email}", email)]
    assert [answer.status_code for answer in answers] == [202, 202]
    assert answers[0].content == answers[1].content
    # The timer of the unknown address is the older one, so it went first.
    await becomes(lambda: purposes(desk, [person_id]), ["sign_in"])
    assert len(await desk.said("link-requested")) == len(before) + 1


async def test_asking_without_end_mails_only_some(desk: Desk, public: httpx.AsyncClient) -> None:
    email = new_email()
    person_id = (await desk.attendee(await desk.gathering(), email=email))["person_id"]
    limit = desk.settings.links_per_hour
    for _ in range(limit + 2):
        assert (await public.post(PATH, json={"email": email})).status_code == 202
    timers = desk.service.mongo["timers"]
    await becomes(lambda: timers.count({"data.email": email}), 0)
    assert await purposes(desk, [person_id]) == ["sign_in"] * limit


async def test_the_page_answers_everybody_alike(desk: Desk, public: httpx.AsyncClient) -> None:
    email = new_email()
    person_id = (await desk.attendee(await desk.gathering(), email=email))["person_id"]
    key = re.search(r'name="idempotency_key" value="([^"]+)"', (await public.get("/link")).text)
    assert key
    form = {"email": email, "idempotency_key": key[1]}
    known = [await public.post("/link", data=form) for _ in range(2)]
    unknown = await public.post("/link", data={"email": f"niet.{email}"})
    assert {one.headers["location"] for one in (*known, unknown)} == {
        f"{desk.settings.registration_url}/link/sent"
    }
    assert "Kennen wij dit adres?" in (await public.get("/link/sent")).text
    # Pressing twice is pressing once.
    await becomes(lambda: purposes(desk, [person_id]), ["sign_in"])


async def test_what_is_no_address_comes_back_filled_in(public: httpx.AsyncClient) -> None:
    page = await public.post("/link", data={"email": "nergens <b>"})
    assert (page.status_code, 'value="nergens &lt;b&gt;"' in page.text) == (422, True)
    assert "Dit e-mailadres klopt niet." in page.text
    problem = (await public.post(PATH, json={"email": "nergens"})).json()
    assert problem["errors"][0]["field"] == "email"


async def test_who_needs_a_link_is_told_how_to_get_one(public: httpx.AsyncClient) -> None:
    for path in ("/me", "/l/x.y", "/"):
        assert 'href="/link"' in (await public.get(path)).text
    assert 'href="/link"' not in (await public.get("/g/nope")).text


async def test_an_address_finds_only_so_many_people(desk: Desk) -> None:
    email = new_email()
    gathering_id = await desk.gathering()
    made = [
        (await desk.attendee(gathering_id, name=f"Collega {at}", email=email))["person_id"]
        for at in range(3)
    ]
    found = await list_persons_at(desk.service.mongo, email, 2)
    assert [one.id for one in found] == made[:0:-1]


async def purposes(desk: Desk, person_ids: Sequence[str]) -> list[str]:
    """What for links of no gathering were asked for these people."""
    found = [
        await desk.said("link-requested", person_id=one, gathering_id=None) for one in person_ids
    ]
    return [one["purpose"] for said in found for one in said]


async def test_of_many_names_who_used_their_link_comes_first(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    email, gathering_id = new_email(), await desk.gathering()
    owner = (await desk.attendee(gathering_id, email=email))["person_id"]
    await public.get(await desk.link(owner))
    assert (await public.get("/me")).status_code == 200
    for at in range(PEOPLE_MAX + 2):
        await desk.attendee(gathering_id, name=f"Wie Dan Ook {at}", email=email)
    assert (await public.post(PATH, json={"email": email})).status_code == 202
    await becomes(lambda: purposes(desk, [owner]), ["sign_in"])
    # The others are asked for when the first are on their way.
    said = await desk.said("link-requested", gathering_id=None, purpose="sign_in")
    at_the_address = await list_persons_at(desk.service.mongo, email, 100)
    ids = {one.id for one in at_the_address}
    assert sum(one["person_id"] in ids for one in said) == AT_ONCE
    assert await desk.service.mongo["timers"].count({"data.email": email}) == 1

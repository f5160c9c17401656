"""Staff see who comes, find and enter people, change what they told, and take the list along."""

import io
from zipfile import ZipFile

import httpx
import pytest
from doorpakken_plumbing.identity.staff import COOKIE

from services.registration.tests.component.desk import Desk, somebody
from services.registration.tests.component.staff_of import token_of
from tests.names import new_email, new_mobile


@pytest.fixture
def office(desk: Desk, public: httpx.AsyncClient) -> httpx.AsyncClient:
    """The browser of an organiser."""
    public.cookies.set(COOKIE, token_of(desk, {"*": "organiser"}))
    return public


async def test_the_list_is_narrowed_and_searched(desk: Desk, office: httpx.AsyncClient) -> None:
    gathering_id = await desk.gathering()
    ad = somebody("Ad Acacia", kind="other")
    made = await desk.client.post(f"/gatherings/{gathering_id}/attendees", json=ad)
    await desk.attendee(gathering_id, name="Wies Berk")
    gone = await desk.attendee(gathering_id, name="Kim Linde")
    await desk.client.delete(f"/attendees/{gone['id']}")
    path = f"/staff/g/{gathering_id}/participants"
    assert await names(office, path) == {"Ad Acacia", "Wies Berk", "Kim Linde"}
    assert await names(office, path, state="cancelled") == {"Kim Linde"}
    assert await names(office, path, kind="other") == {"Ad Acacia"}
    assert await names(office, path, search="ber wi") == {"Wies Berk"}
    assert await names(office, path, search=ad["email"]) == {"Ad Acacia"}
    assert await names(office, path, search="berk", kind="other") == set()
    page = (await office.get(f"/staff/attendees/{made.json()['id']}")).text
    assert ad["email"] in page


async def test_a_long_list_comes_in_parts(desk: Desk, office: httpx.AsyncClient) -> None:
    gathering_id = await desk.gathering()
    for letter in "abc":
        await desk.attendee(gathering_id, name=f"Buur {letter}")
    path = f"/staff/g/{gathering_id}/participants"
    first = (await office.get(path, params={"limit": "2"})).text
    following = first.split('href="/staff/g/')
    [query] = [one for one in following if "cursor=" in one]
    address = "/staff/g/" + query.split('"')[0].replace("&amp;", "&")
    assert "Buur c" in (await office.get(address)).text


async def test_who_is_entered_gets_their_link_unless_staff_say_no(
    desk: Desk, office: httpx.AsyncClient
) -> None:
    gathering_id = await desk.gathering()
    path = f"/staff/g/{gathering_id}/participants/new"
    assert 'name="sends_link" value="yes" checked' in (await office.get(path)).text
    for ticked, purposes in (({"sends_link": "yes"}, ["registered"]), ({}, [])):
        email = new_email()
        typed = {"name": "Zoe Iep", "email": email, "kind": "other", "idempotency_key": email}
        done = await office.post(path, data=typed | ticked)
        assert done.status_code == 303, done.text
        [contact] = await desk.said("person-contact", email=email)
        said = await desk.said("link-requested", person_id=contact["person_id"])
        assert [one["purpose"] for one in said] == purposes


async def test_the_link_of_who_has_no_address_is_told_by_telephone(
    desk: Desk, office: httpx.AsyncClient
) -> None:
    gathering_id = await desk.gathering()
    typed = {"name": "Zoe Iep", "phone": f"06 {new_mobile()}", "kind": "other"}
    typed |= {"sends_link": "yes", "idempotency_key": new_mobile()}
    await office.post(f"/staff/g/{gathering_id}/participants/new", data=typed)
    [said] = await desk.said("link-requested", gathering_id=gathering_id)
    [contact] = await desk.said("person-contact", person_id=said["person_id"])
    assert (said["purpose"], contact["email"]) == ("registered", None)


async def test_a_mistake_keeps_what_was_typed(desk: Desk, office: httpx.AsyncClient) -> None:
    path = f"/staff/g/{await desk.gathering()}/participants/new"
    typed = {"name": "Zoe Iep", "kind": "other", "idempotency_key": "1"}
    wrong = await office.post(path, data=typed)
    assert (wrong.status_code, 'value="Zoe Iep"' in wrong.text) == (422, True)


async def test_what_somebody_told_is_changed_and_they_are_cancelled(
    desk: Desk, office: httpx.AsyncClient
) -> None:
    gathering_id = await desk.gathering()
    who = await desk.attendee(gathering_id)
    path = f"/staff/attendees/{who['id']}"
    told = {"kind": "other", "interests": "zorg, sport", "idempotency_key": "1"}
    assert (await office.post(path, data=told)).headers["location"].endswith("?saved=1")
    [said] = await desk.said("attendee-updated", attendee_id=who["id"])
    assert (said["kind"], said["interests"]) == ("other", ["zorg", "sport"])
    await office.post(f"/staff/g/{gathering_id}/participants/{who['id']}/cancel")
    assert "Deze persoon is afgemeld." in (await office.get(path)).text


async def test_who_has_no_mail_is_listed_to_be_called(
    desk: Desk, office: httpx.AsyncClient
) -> None:
    gathering_id = await desk.gathering()
    await desk.attendee(gathering_id)
    mobile = new_mobile()
    await desk.attendee(gathering_id, name="Wies Berk", email=None, phone=f"06 {mobile}")
    walk_in = {"name": "Jan Jansen", "kind": "other"}
    await desk.client.post(f"/gatherings/{gathering_id}/walk-ins", json=walk_in)
    page = (await office.get(f"/staff/g/{gathering_id}/participants/call")).text
    assert "Gladys" not in page
    assert f"tel:+316{mobile}" in page
    assert page.index("Jan Jansen") < page.index("geen nummer") < page.index("Wies Berk")


async def test_no_cell_of_the_files_is_a_formula(desk: Desk, office: httpx.AsyncClient) -> None:
    gathering_id = await desk.gathering()
    for name in ("=1+1 Ad", "+Ad Acacia", "-Wies; Berk"):
        await desk.attendee(gathering_id, name=name)
    path = f"/staff/g/{gathering_id}/participants"
    csv = await office.get(f"{path}.csv")
    assert csv.headers["content-disposition"].endswith('.csv"')
    lines = csv.content.decode("utf-8-sig").splitlines()
    assert lines[0] == "Naam;E-mail;Telefoon;Komt als;Organisatie;Stand;Aangemeld op"
    assert [line.split(";")[0] for line in lines[1:]] == ["'=1+1 Ad", "'+Ad Acacia", "\"'-Wies"]
    xlsx = await office.get(f"{path}.xlsx")
    with ZipFile(io.BytesIO(xlsx.content)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "=1+1 Ad" in sheet


async def test_who_reads_at_one_gathering_sees_that_one_alone(
    desk: Desk, public: httpx.AsyncClient
) -> None:
    mine, other = await desk.gathering(), await desk.gathering()
    who = await desk.attendee(mine)
    public.cookies.set(COOKIE, token_of(desk, {mine: "reader"}))
    paths = ["", ".csv", ".xlsx", "/call"]
    assert await statuses(public, mine, paths) == [200] * 4
    assert await statuses(public, other, paths) == [403] * 4
    assert (await public.get(f"/staff/g/{mine}/participants/new")).status_code == 403
    page = await public.get(f"/staff/attendees/{who['id']}")
    assert (page.status_code, "<form method" in page.text.split("<main")[1]) == (200, False)
    public.cookies.set(COOKIE, token_of(desk, {mine: "door"}))
    assert await statuses(public, mine, paths) == [403] * 4


async def statuses(client: httpx.AsyncClient, gathering_id: str, paths: list[str]) -> list[int]:
    """Of the pages below the participants of a gathering."""
    base = f"/staff/g/{gathering_id}/participants"
    return [(await client.get(f"{base}{path}")).status_code for path in paths]


async def names(client: httpx.AsyncClient, path: str, **query: str) -> set[str]:
    """Who is on the page."""
    page = (await client.get(path, params=query)).text
    known = ("Ad Acacia", "Wies Berk", "Kim Linde")
    return {one for one in known if f">{one}</a>" in page}

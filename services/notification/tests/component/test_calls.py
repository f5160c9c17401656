"""Who is telephoned about a gathering, as staff see it, and who of them did it."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from doorpakken_events.registration import PersonContact
from doorpakken_notification.settings import Settings
from doorpakken_plumbing.identity.short_codes import short_code
from doorpakken_plumbing.service import Service
from doorpakken_plumbing.time import clock

from services.notification.tests.component.conftest import ClientOf
from services.notification.tests.component.gathering import Gathering
from services.notification.tests.component.saying import say
from tests.probe import eventually


async def test_who_is_called_about_a_gathering_that_moves(
    service: Service, client_of: ClientOf, gathering: Gathering
) -> None:
    staff = client_of({"*": "organiser"})
    start = clock.now().replace(microsecond=0) + timedelta(days=14)
    times: dict[str, Any] = {"starts_at": start, "ends_at": start + timedelta(hours=3)}
    planned = gathering.planned(**times)
    await say(
        service,
        planned,
        gathering.contact("kwame", email=None),
        gathering.present("kwame", state="registered"),
        gathering.moved(2, planned, venue={"name": "Buurthuis"}, **times),
    )
    calls = f"/gatherings/{gathering.id}/calls"

    async def page() -> str:
        return (await staff.get(calls)).text

    text = await eventually(page, lambda seen: "Kwame Waterlelie" in seen)
    assert "bijeenkomst is verplaatst" in text
    assert "Was: " in text
    assert "Buurthuis" in text
    assert calls in (await staff.get("/outbox")).text
    async with client_of({"another": "organiser"}) as other:
        assert (await other.get(calls)).status_code == 403
        assert calls not in (await other.get("/outbox")).text
    assert (await staff.get("/gatherings/nobody-knows/calls")).status_code == 404


async def test_a_call_is_marked_as_done_with_who_did_it_and_that_is_undone(
    service: Service, client_of: ClientOf, gathering: Gathering
) -> None:
    staff = client_of({"*": "organiser"})
    await say(service, gathering.published(), gathering.contact("kwame", email=None))
    await say(service, gathering.link("kwame"))
    calls = f"/gatherings/{gathering.id}/calls"

    async def page() -> str:
        return (await staff.get(calls)).text

    text = await eventually(page, lambda seen: "Kwame Waterlelie" in seen)
    contact, _ = gathering.contact("kwame", email=None)
    assert isinstance(contact, PersonContact)
    assert isinstance(service.settings, Settings)
    code = short_code(service.settings.keys, contact.person_id, contact.generation)
    assert f"Eigen pagina: {code}." in text
    form = {"key": f"personal_link:{gathering.id}-kwame-registered", "done": "yes"}
    for _ in range(2):
        done = await staff.post(calls, data=form)
        assert urlsplit(done.headers["location"]).path.endswith(calls)
    text = await page()
    assert ("U deed dit op" in text, "Alles is gedaan." in text) == (True, True)
    assert f'{calls}">' not in (await staff.get("/outbox")).text
    assert f'{calls}">' in (await staff.get(f"/g/{gathering.id}/outbox")).text
    acts = await service.mongo["acts"].find({"gathering_id": gathering.id})
    assert [(one["did"], one["staff_id"]) for one in acts] == [("person_told", "staff-1")]
    by_another = {"$set": {"called.staff_id": "staff-2"}}
    await service.mongo["mails"].update_one({"_id": form["key"]}, by_another)
    assert "Een collega deed dit op" in await page()
    await staff.post(calls, data=form | {"done": "no"})
    assert "deed dit op" not in await page()
    async with client_of({gathering.id: "reader"}) as reader:
        assert (await reader.post(calls, data=form)).status_code == 403
        assert 'name="done"' not in (await reader.get(calls)).text
    assert (await staff.post(calls, data=form | {"key": "nothing"})).status_code == 404


async def test_the_list_is_there_when_the_gathering_is_over(
    service: Service, client_of: ClientOf, gathering: Gathering
) -> None:
    staff = client_of({"*": "organiser"})
    yesterday = clock.now().replace(microsecond=0) - timedelta(days=1)
    times: dict[str, Any] = {"starts_at": yesterday, "ends_at": yesterday + timedelta(hours=3)}
    planned, version = gathering.planned(**times)
    await say(service, (planned, version), gathering.contact("kwame", email=None))
    await say(service, gathering.pitch())
    about = f"{gathering.id}-pitch"
    await say(service, gathering.mail_request("pitch_accepted", "kwame", about, pitch_id=about))
    calls = f"/gatherings/{gathering.id}/calls"

    async def outbox() -> str:
        return (await staff.get("/outbox")).text

    await eventually(outbox, lambda seen: calls in seen)
    page = (await staff.get(calls)).text
    assert ("Kwame Waterlelie" in page, "plan aangenomen" in page) == (True, True)


async def test_who_is_called_from_another_page_is_not_on_the_list(
    service: Service, client_of: ClientOf, gathering: Gathering
) -> None:
    """The waitlist, and what is to be confirmed, are pages of registration."""
    staff = client_of({"*": "organiser"})
    await say(service, gathering.published(), gathering.contact("kwame", email=None))
    await say(service, gathering.link("kwame", "waitlisted"), gathering.link("kwame", "confirm"))
    mails = service.mongo["mails"]
    stopped = {"gathering_id": gathering.id, "state": "stopped", "reason": "no_address"}
    await eventually(lambda: mails.count(stopped), lambda count: count == 2)
    page = (await staff.get(f"/gatherings/{gathering.id}/calls")).text
    assert "U hoeft nu niemand te bellen." in page


async def test_a_refused_page_leads_back_to_where_staff_were(
    client_of: ClientOf, service: Service
) -> None:
    staff = client_of({"*": "organiser"})
    here = f"{staff.base_url}/g/one/outbox"
    asking = {"accept": "text/html"}
    page = await staff.get("/gatherings/nobody-knows/calls", headers=asking | {"referer": here})
    assert f'href="{here}">Terug naar waar u was' in page.text
    for elsewhere in ("https://other.example/g/one/outbox", ""):
        page = await staff.get("/waves/nothing/paper", headers=asking | {"referer": elsewhere})
        assert "Naar het begin" in page.text

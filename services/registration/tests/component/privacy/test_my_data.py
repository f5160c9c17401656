"""What we know of somebody, as a page they can read: since when, why and until when."""

import httpx
from doorpakken_pages import moments
from doorpakken_plumbing.time import clock
from doorpakken_registration.following import following
from doorpakken_registration.seats import session_contacts
from selectolax.lexbor import LexborHTMLParser

from services.registration.tests.component.desk import Desk, plan_for_work
from services.registration.tests.component.merging import seat
from tests.names import new_email

WORDS = "Stuur mij een mail als er een nieuwe bijeenkomst is. Ik kan altijd stoppen."


async def test_all_of_it_is_read(desk: Desk, public: httpx.AsyncClient) -> None:
    email = new_email()
    gathering_id = await desk.gathering(title="Vierde bijeenkomst")
    mine = await desk.attendee(gathering_id, name="Fem <b> Fluitenkruid", email=email)
    person_id = mine["person_id"]
    plan = plan_for_work(person_id=person_id, name=None, email=None)
    made = await desk.client.post(f"/gatherings/{gathering_id}/pitches", json=plan)
    session_id = await desk.session(gathering_id, pitch_id=made.json()["id"])
    sign_up_id = (await seat(desk, session_id, mine["id"])).json()["id"]
    await desk.service.transact(
        lambda tx: session_contacts.say(tx, sign_up_id, "Mag dat?", is_given=True)
    )
    await desk.news_is_out()
    await desk.service.transact(
        lambda tx: following.follow(tx, person_id, WORDS, is_confirmed=True)
    )
    await public.get(await desk.link(person_id))
    day = moments.beginning(moments.day(clock.now(), "nl"))
    assert await chapters(public) == {
        "Uw naam en adres": [f"{day}: Fem <b> Fluitenkruid, {email}, Nederlands"],
        "Waar u zich aanmeldde": [f"{day}: Vierde bijeenkomst, aangemeld, bewoner"],
        "Uw plaatsen in werksessies": [f"{day}: Vierde bijeenkomst, OCTA, doet mee"],
        "Uw pitches": [f"{day}: Vierde bijeenkomst, OCTA, Jongeren en bedrijven, ingestuurd"],
        "Uw naam en adres in een werksessie": [f"{day}: Vierde bijeenkomst, OCTA, ja. Mag dat?"],
        "Mail over nieuwe bijeenkomsten": [f"{day}: ja. {WORDS}"],
        "Wat de organisatie voor u deed": [
            f"{day}: Vierde bijeenkomst, bij een sessie gezet",
            f"{day}: Vierde bijeenkomst, aangemeld",
        ],
    }
    page = (await public.get("/me/data.html")).text
    assert "Tot twee weken na de sessie." in page
    assert 'href="/me/data"' in page
    assert "What we know of you" in (await public.get("/me/data.html?lang=en")).text


async def test_it_is_for_nobody_else(public: httpx.AsyncClient) -> None:
    assert (await public.get("/me/data.html")).status_code == 401


async def chapters(public: httpx.AsyncClient) -> dict[str, list[str]]:
    """The lines of the page below each heading."""
    tree = LexborHTMLParser((await public.get("/me/data.html")).text)
    return {
        section.css("h2")[0].text(): [line.text() for line in section.css("li")]
        for section in tree.css("section")
    }

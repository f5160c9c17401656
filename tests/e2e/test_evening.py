"""Two organisers run a gathering from its first idea to released invitations, and its visitors take
part, with nothing but pages and mails: by the links and buttons that they see."""

import re
from collections.abc import AsyncIterator
from datetime import date, timedelta

import pytest
import pytest_asyncio
from doorpakken_local.commands.domain_clock import domain_time
from doorpakken_local.demo.place import Place
from doorpakken_local.system import System
from playwright.async_api import Browser, Locator, expect

from tests.chromium import chromium
from tests.e2e.gatherings import CROWD
from tests.e2e.somebody import Somebody
from tests.names import new_email, new_word

pytestmark = pytest.mark.browser

PASSWORD = "fiets boom lantaarn kade"
PLAN, NEED = "Buurtkeuken", "handen in de keuken"
SIGNED_UP, INVITED = "U bent aangemeld voor", "aan welke werksessie doet u mee?"
# What the button is called, and what it is called in a new system.
NEW = re.compile("^(Nieuwe|Maak uw eerste) bijeenkomst$")
# The day of the gathering: sign-up by the public ends the day before.
AHEAD = timedelta(days=2)


@pytest_asyncio.fixture
async def browser() -> AsyncIterator[Browser]:
    """A real one, in which each person has their own cookies."""
    async with chromium() as browser:
        yield browser


async def test_a_gathering_from_idea_to_invitations(system: System, browser: Browser) -> None:
    place = Place.of(system)
    title = f"Samen koken {new_word()}"
    day = domain_time(system.folder).date() + AHEAD

    async def somebody(name: str, *, at_desk: bool = False) -> Somebody:
        urls = dict(place.urls)
        email = new_email(CROWD.removeprefix("@"))
        return await Somebody.at(browser, urls, name, email, at_desk=at_desk)

    organiser = await somebody("Marloes Esdoorn", at_desk=True)
    administrator = await somebody("Beheerder", at_desk=True)
    await invite(administrator, place, organiser)
    await begin_work(organiser)
    await make(organiser, title, day)

    abena, joris, fatima = [
        await somebody(one) for one in ("Abena Linde", "Joris Wilg", "Fatima Berk")
    ]
    for visitor in (abena, joris, fatima):
        await sign_up(visitor, title)
    await tell_plan(abena, title)
    await review(organiser)
    await offer_help(joris, title)
    await wish(fatima)
    await add_places(organiser, day)

    walk_in = await somebody("Kofi Meidoorn")
    await open_door(organiser, await abena.read_door_code(SIGNED_UP), joris, walk_in)
    await plan(organiser)
    await lead(abena)
    await release(organiser)
    for visitor in (joris, walk_in):
        await answer(visitor)
    await see_it_done(organiser)
    everybody = (administrator, organiser, abena, joris, fatima, walk_in)
    assert {one.name: one.wrong for one in everybody if one.wrong} == {}


async def invite(administrator: Somebody, place: Place, colleague: Somebody) -> None:
    """Somebody who has an account has another."""
    page = administrator.page
    await administrator.follow("Voor de organisatie", page.get_by_role("contentinfo"))
    await administrator.look()
    await administrator.fill(email=place.staff_email, password=place.staff_password)
    await administrator.press("Inloggen")
    staff = page.get_by_role("navigation", name="Organisatie")
    await administrator.follow("Collega's", staff)
    await administrator.follow("Nodig een collega uit")
    await administrator.fill(name=colleague.name, email=colleague.email)
    await administrator.choose("Organisator")
    await administrator.look()
    await administrator.press("Stuur de uitnodiging")
    await administrator.sees(colleague.email)
    await administrator.look()


async def begin_work(organiser: Somebody) -> None:
    await organiser.follow_mail("U bent uitgenodigd om mee te werken", "Kies een wachtwoord")
    await organiser.look()
    await organiser.fill(password=PASSWORD)
    await organiser.press("Bewaren en inloggen")
    await organiser.look()
    # They come back another day.
    await organiser.press("Uitloggen")
    await organiser.follow("Voor de organisatie", organiser.page.get_by_role("contentinfo"))
    await organiser.fill(email=organiser.email, password=PASSWORD)
    await organiser.press("Inloggen")


async def make(organiser: Somebody, title: str, day: date) -> None:
    staff = organiser.page.get_by_role("navigation", name="Organisatie")
    await organiser.follow("Bijeenkomsten", staff)
    await organiser.page.get_by_role("link", name=NEW).click()
    typed = f"{day.day}-{day.month}-{day.year}"
    await organiser.fill(title=title, date=typed, begin="15.00", end="17.00", venue_name="De Kas")
    await organiser.look()
    await organiser.press("Maak de bijeenkomst")
    await organiser.look()
    await organiser.go("Deze bijeenkomst")
    await organiser.press("Zet online")
    await organiser.sees("Bekijk de bladzijde voor iedereen")
    await organiser.look()


async def sign_up(visitor: Somebody, title: str) -> None:
    await visitor.follow("Aanmelden", gathering_on(visitor, title))
    await visitor.fill(name=visitor.name, email=visitor.email)
    await visitor.choose("bewoner of vrijwilliger")
    await visitor.press("Aanmelden")
    await visitor.sees("Wij kregen uw aanmelding.")
    await visitor.follow_mail(SIGNED_UP, "Open uw pagina")
    await visitor.sees(f"Dag {visitor.name}.")


async def tell_plan(pitcher: Somebody, title: str) -> None:
    await pitcher.follow("Bijeenkomsten")
    await pitcher.follow("Vertel uw plan", gathering_on(pitcher, title))
    await pitcher.choose("activiteit")
    await pitcher.fill(title=PLAN, summary="Koken voor wie alleen is.")
    await pitcher.fill(needs__0__description=NEED, needs__0__amount="8")
    await pitcher.page.get_by_label("Waarvan?").first.select_option(label="mensen: personen")
    await pitcher.fill(name=pitcher.name, email=pitcher.email)
    await pitcher.press("Plan insturen")
    await pitcher.sees("Wij kregen uw plan.")


async def review(organiser: Somebody) -> None:
    await organiser.go("Pitches")
    await organiser.look()
    await organiser.press(f"Neem aan: {PLAN}")
    await organiser.sees("In deze volgorde vertellen zij hun plan.")


async def offer_help(visitor: Somebody, title: str) -> None:
    await visitor.follow("Bijeenkomsten")
    await visitor.follow("Wat is er nodig?", gathering_on(visitor, title))
    await visitor.follow(f"Ik doe mee: {PLAN}")
    await visitor.press("Steun dit plan")
    await visitor.follow(f"Ik kan helpen: {NEED}")
    await visitor.fill(amount="2")
    await visitor.press("Bied dit aan")
    await visitor.sees("2 personen")


async def wish(visitor: Somebody) -> None:
    await visitor.follow("Kies aan welke plannen u wilt meewerken")
    await visitor.page.get_by_label("Uw eerste keus").select_option(label=f"1. {PLAN}")
    await visitor.press("Bewaar mijn keus")
    await visitor.sees("Bewaard.")


async def add_places(organiser: Somebody, day: date) -> None:
    """A room, and a time in the week after the gathering."""
    await organiser.go("Ruimtes en tijden")
    await organiser.fill(name="Zaal Reiger", capacity="12")
    await organiser.press("Voeg de ruimte toe")
    await organiser.sees("12 plaatsen")
    monday = day + timedelta(days=7 - day.weekday())
    await organiser.fill(day=f"{monday + timedelta(days=2)}", begin="15:00", end="17:00")
    await organiser.press("Voeg de tijd toe")
    await expect(organiser.page.locator("#slots li")).to_have_count(1)
    await organiser.look()


async def open_door(organiser: Somebody, code: str, expected: Somebody, guest: Somebody) -> None:
    """One is checked in by code, one by name, and one walks in."""
    await organiser.go("Aan de deur")
    page = organiser.page
    await organiser.sees("namen staan op deze telefoon")
    await organiser.fill(code=code)
    await organiser.press("Inchecken")
    await expect(page.locator("[data-rows] li", has_text="verstuurd")).to_have_count(1)
    await organiser.fill(q=expected.name.split()[0])
    await organiser.press("Zoek")
    await organiser.press(f"Inchecken: {expected.name}")
    await organiser.sees(f"{expected.name} is binnen.")
    await organiser.look()
    await organiser.follow("Iemand die niet is aangemeld")
    await organiser.choose("ondernemer in Zuidoost")
    await organiser.fill(name=guest.name, email=guest.email)
    await organiser.look()
    await organiser.press("Inschrijven en inchecken")
    await organiser.sees(f"{guest.name} is binnen.")
    await organiser.sees("3 mensen zijn binnen")


async def plan(organiser: Somebody) -> None:
    await organiser.go("Plan")
    present = organiser.page.locator(".numbers div", has_text="Aanwezig")
    await organiser.sees_in_time(present.filter(has_text="3"))
    await organiser.look()
    await organiser.press("Maak een plan")
    await organiser.sees("Dit plan is nog niet in gebruik.")
    await organiser.look()
    await organiser.press("Gebruik dit plan")
    await organiser.follow("Maak uitnodigingen klaar")
    await organiser.sees_in_time(organiser.page.get_by_text("nog geen antwoord"))
    await organiser.look()


async def lead(pitcher: Somebody) -> None:
    await pitcher.follow_mail("de werksessie van", "Ja, ik leid deze sessie")
    await pitcher.press("Ja, ik leid de sessie")
    await pitcher.sees("Dank u. U leidt deze sessie.")


async def release(organiser: Somebody) -> None:
    await organiser.go("Uitnodigingen")
    button = organiser.page.get_by_role("button", name="Verstuur de uitnodigingen")
    await organiser.sees_in_time(button)
    await organiser.follow("Bekijk één mail in het Nederlands")
    await organiser.sees("Kies uw sessie:")
    await organiser.look()
    await organiser.follow("Terug naar uitnodigingen")
    await organiser.press("Verstuur de uitnodigingen")
    await organiser.sees_in_time(organiser.page.get_by_text("Dat is iedereen."))
    await organiser.look()


async def answer(visitor: Somebody) -> None:
    await visitor.follow_mail(INVITED, "Kies uw sessie")
    await visitor.sees("Aan welke sessies doet u mee?")
    await visitor.page.get_by_role("checkbox", name=PLAN).check()
    await visitor.press("Ja, ik doe mee")
    await visitor.sees(f"U doet mee aan de sessie van {PLAN}.")


async def see_it_done(organiser: Somebody) -> None:
    await organiser.go("Vandaag")
    steps = organiser.page.get_by_role("listitem").filter(has_text="gedaan")
    for step in ("Laat mensen binnen", "Vraag wie de sessies leidt", "Verstuur de uitnodigingen"):
        await organiser.sees_in_time(steps.filter(has_text=step))
    await organiser.look()


def gathering_on(visitor: Somebody, title: str) -> Locator:
    """Its card on the first page."""
    return visitor.page.get_by_role("article").filter(has_text=title)

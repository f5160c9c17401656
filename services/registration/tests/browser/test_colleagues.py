"""A colleague is invited, chooses a password and works; axe finds nothing in anybody's way."""

import pytest
from doorpakken_registration.settings import Settings
from playwright.async_api import Page, expect

from services.registration.tests.component.desk import Desk
from services.registration.tests.component.staff.colleagues import PASSWORD, token_for
from tests.e2e.looking import barriers
from tests.names import new_email

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("visitor", [True], ids=["with scripts"], indirect=True)
async def test_from_an_invitation_to_work(desk: Desk, settings: Settings, visitor: Page) -> None:
    await desk.gathering()
    await _sign_in(visitor, settings)
    await visitor.goto("/staff/colleagues/invite")
    await visitor.get_by_role("button", name="Stuur de uitnodiging").click()
    found = {"wrong": await barriers(visitor)}
    email = new_email()
    await visitor.get_by_label("Naam").fill("Marloes Esdoorn")
    await visitor.get_by_label("E-mail").fill(email)
    await visitor.get_by_label("Organisator").check()
    await visitor.get_by_role("button", name="Stuur de uitnodiging").click()
    row = visitor.get_by_role("row").filter(has_text=email)
    await expect(row).to_contain_text("uitgenodigd")
    found["colleagues"] = await barriers(visitor)
    await row.get_by_role("link").click()
    found["colleague"] = await barriers(visitor)
    await visitor.context.clear_cookies()
    account = await desk.service.mongo["staff"].find_one({"email": email})
    assert account
    await visitor.goto(f"/staff/password/{await token_for(desk, account)}")
    found["password"] = await barriers(visitor)
    await visitor.get_by_label("Uw nieuwe wachtwoord").fill(PASSWORD)
    await visitor.get_by_role("button", name="Bewaren en inloggen").click()
    await visitor.get_by_role("link", name="Uw account").click()
    await expect(visitor.get_by_label("Uw naam")).to_have_value("Marloes Esdoorn")
    found["account"] = await barriers(visitor)
    await visitor.get_by_role("button", name="Overal uitloggen").click()
    await visitor.get_by_role("link", name="Wachtwoord vergeten?").click()
    found["forgotten"] = await barriers(visitor)
    await visitor.get_by_label("Uw e-mailadres").fill(email)
    await visitor.get_by_role("button", name="Stuur mij een link").click()
    await expect(visitor.get_by_role("heading", name="Kijk in uw mail")).to_be_visible()
    assert {page: wrong for page, wrong in found.items() if wrong} == {}


async def _sign_in(visitor: Page, settings: Settings) -> None:
    assert settings.first_staff_password
    await visitor.goto("/staff/login")
    await visitor.get_by_label("E-mail").fill(settings.first_staff_email)
    password = settings.first_staff_password.get_secret_value()
    await visitor.get_by_label("Wachtwoord").fill(password)
    await visitor.get_by_role("button", name="Inloggen").click()
    await expect(visitor.get_by_role("link", name="Collega's")).to_be_visible()

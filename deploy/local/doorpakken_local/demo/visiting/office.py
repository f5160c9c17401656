"""The pages of staff in all services, in one browser that is signed in once.
Sends only what the forms of these pages offer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Self

from doorpakken_plumbing.identity.staff import COOKIE

from doorpakken_local.demo.visiting.web import Browser, Page


@dataclass(frozen=True)
class Office:
    """Pages are in Dutch; a token that runs out is renewed when the next page is opened."""

    browser: Browser
    urls: Mapping[str, str]

    @classmethod
    async def signed_in(
        cls, browser: Browser, urls: Mapping[str, str], email: str, password: str
    ) -> Self:
        office = cls(browser, urls)
        page = await office.open("/staff/login")
        await office.submit(page, {"email": email, "password": password})
        return office

    @property
    def token(self) -> str:
        """What a program may send as its bearer token."""
        return self.browser.session.cookies[COOKIE]

    async def open(self, path: str, *, service: str = "registration") -> Page:
        return await self.browser.open(f"{self.urls[service]}{path}")

    async def submit(
        self,
        page: Page,
        entries: Mapping[str, str | Sequence[str]],
        *,
        leads_to: str = "",
        says: str = "",
    ) -> Page:
        """Send a form of the page; the answer is the page after it, whose forms can be sent next.
        Raises NotOffered, or Unexpected when the form is shown again with errors."""
        typed = {name: [one] if isinstance(one, str) else one for name, one in entries.items()}
        return await self.browser.send(page.form(leads_to=leads_to, says=says), typed)

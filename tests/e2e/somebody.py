"""Somebody with a browser: sees pages, follows links, presses buttons, and reads their mail in the
mailbox. They know no address but the first page of the site and that of their mailbox."""

import re
from dataclasses import dataclass, field

from playwright.async_api import Browser, Locator, Page, expect

from tests.e2e.looking import DESK, PHONE, barriers
from tests.probe import eventually

# What passes from one service to another takes a moment, and longer on a busy machine.
SECONDS = 30
WIDTH = "document.documentElement.scrollWidth"
DOOR_CODE = re.compile(r"Uw code voor de deur: (\w{3} \w{3})")


@dataclass
class Somebody:
    """A person at a page; `wrong` is what stood in their way on the pages they looked at."""

    name: str
    email: str
    page: Page
    mailbox: str
    wrong: dict[str, list[str]] = field(default_factory=dict)

    @classmethod
    async def at(
        cls, browser: Browser, urls: dict[str, str], name: str, email: str, *, at_desk: bool = False
    ) -> "Somebody":
        """On the first page of the site."""
        size = DESK if at_desk else PHONE
        context = await browser.new_context(locale="nl-NL", viewport=size)  # type: ignore[arg-type]
        context.set_default_timeout(SECONDS * 1000)
        page = await context.new_page()
        await page.goto(f"{urls['registration']}/")
        return cls(name, email, page, urls["mailbox"])

    async def follow(self, link: str, within: Locator | None = None) -> None:
        place = within or self.page.get_by_role("main")
        await place.get_by_role("link", name=as_heard(link)).click()

    async def go(self, link: str) -> None:
        """By the navigation of the gathering they are in."""
        await self.follow(link, self.page.get_by_role("navigation", name="Deze bijeenkomst"))

    async def press(self, button: str, within: Locator | None = None) -> None:
        place = within or self.page.get_by_role("main")
        await place.get_by_role("button", name=as_heard(button)).click()

    async def choose(self, option: str) -> None:
        await self.page.get_by_role("radio", name=option).check()

    async def fill(self, **fields: str) -> None:
        """Fields by their name; two underscores stand for a dot."""
        for name, text in fields.items():
            await self.page.locator(f'[name="{name.replace("__", ".")}"]:visible').fill(text)

    async def sees(self, text: str | re.Pattern[str]) -> None:
        seen = self.page.get_by_role("main").get_by_text(text).first
        await expect(seen).to_be_visible(timeout=SECONDS * 1000)

    async def sees_in_time(self, wanted: Locator) -> None:
        """Asks for the page again until this is on it."""

        async def asked_again() -> int:
            await self.page.reload()
            return await wanted.count()

        if not await wanted.count():
            await eventually(asked_again, bool, SECONDS)

    async def look(self) -> None:
        """Keeps what stands in the way on this page, on a phone and at a desk."""
        await self.page.wait_for_load_state()
        title = await self.page.title()
        before, found = self.page.viewport_size, []
        for size in (DESK, PHONE):
            await self.page.set_viewport_size(size)  # type: ignore[arg-type]
            if await self.page.evaluate(WIDTH) > size["width"]:
                found.append(f"wider than {size['width']}")
        found += await barriers(self.page)
        if before:
            await self.page.set_viewport_size(before)
        if found:
            self.wrong[title] = found

    async def open_mail(self, subject: str) -> Page:
        """The newest with these words above it, as their mailbox shows it; waits until it came."""
        page = await self.page.context.new_page()
        mails = page.get_by_role("link", name=subject)

        async def listed() -> int:
            await page.goto(f"{self.mailbox}/?to={self.email}")
            return await mails.count()

        await eventually(listed, bool, SECONDS)
        await mails.first.click()
        return page

    async def follow_mail(self, subject: str, button: str) -> None:
        """Goes on at the page that a button in this mail opens."""
        mail = await self.open_mail(subject)
        async with mail.expect_popup() as opened:
            await mail.frame_locator("iframe").get_by_role("link", name=button, exact=True).click()
        before, self.page = self.page, await opened.value
        await self.page.wait_for_load_state()
        await before.close()
        await mail.close()

    async def read_door_code(self, subject: str) -> str:
        mail = await self.open_mail(subject)
        found = DOOR_CODE.search(await mail.locator("pre").first.inner_text())
        await mail.close()
        assert found, f"no code for the door in {subject}"
        return found[1]


def as_heard(name: str) -> re.Pattern[str]:
    """The whole name of a link or button; what only a screen reader says comes after a pause."""
    return re.compile(f"^{re.escape(name).replace(':', ' ?:')}$")

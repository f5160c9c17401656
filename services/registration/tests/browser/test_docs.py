"""The page on which developers read the API shows every operation."""

from collections import Counter

from fastapi import FastAPI
from playwright.async_api import Page, expect


async def test_the_page_shows_every_operation(app: FastAPI, address: str, page: Page) -> None:
    wrong: list[str] = []
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    await page.goto(f"{address}/docs")
    paths = app.openapi()["paths"].values()
    tags = Counter(tag for path in paths for one in path.values() for tag in one["tags"])
    await expect(page.locator(".opblock-tag")).to_have_count(len(tags))
    for tag, operations in tags.items():
        await page.locator(f'.opblock-tag[data-tag="{tag}"]').click()
        shown = page.locator(f'.opblock[id^="operations-{tag}-"]')
        await expect(shown).to_have_count(operations)
        if tag != "system":
            await page.locator(f'.opblock-tag[data-tag="{tag}"]').click()
    await page.get_by_text("/healthz", exact=True).click()
    await page.get_by_role("button", name="Try it out").click()
    await page.get_by_role("button", name="Execute").click()
    answered = page.locator(".live-responses-table tbody .response-col_status")
    await expect(answered).to_have_text("200")
    assert wrong == []

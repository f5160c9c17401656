"""Runs one performance: every stage in order, then the counting in all sources."""

import asyncio
import time
from collections.abc import Callable

from doorpakken_local.demo.counting.expected import check_over_asked, expect
from doorpakken_local.demo.counting.pages import count_pages
from doorpakken_local.demo.counting.report import Report
from doorpakken_local.demo.counting.stores import count_stores
from doorpakken_local.demo.counting.topics import count_topics
from doorpakken_local.demo.counting.verdict import judge
from doorpakken_local.demo.place import Place
from doorpakken_local.demo.play import Play, opened
from doorpakken_local.demo.steps.stages import STAGES
from doorpakken_local.demo.stories.story import Story

Tell = Callable[[str, str], None]
COUNTING = "Counting in topics, stores and pages"


async def perform(place: Place, story: Story, tell: Tell) -> Report:
    seconds: dict[str, float] = {}
    async with opened(place, story) as play:
        for stage in STAGES:
            began = time.monotonic()
            tell(stage.title, "…")
            await stage.play(play)
            seconds[stage.name] = round(time.monotonic() - began, 2)
            tell(stage.title, "ready")
        tell(COUNTING, "…")
        began = time.monotonic()
        report = await _judged(play, seconds)
        seconds["counting"] = round(time.monotonic() - began, 2)
        tell(COUNTING, "ready")
    return report


async def _judged(play: Play, seconds: dict[str, float]) -> Report:
    topics, stores, pages, sessions = await asyncio.gather(
        count_topics(play), count_stores(play), count_pages(play), play.sessions()
    )
    check_over_asked(play.story.asked_by_title, play.tally, sessions)
    found = {"topics": topics.counts, "stores": stores, "pages": pages}
    lines = judge(expect(play.tally, sessions), found)
    return Report(lines, topics.events_by_topic, seconds, _urls(play))


def _urls(play: Play) -> dict[str, str]:
    urls = play.place.urls
    return {
        "dashboard": f"{urls['reporting']}/dashboard/{play.gathering_id}",
        "mailbox": urls["mailbox"],
        "sign_up": play.page_url,
        "pitch": f"{play.page_url}/pitch",
        "staff_login": f"{urls['registration']}/staff/login",
    }

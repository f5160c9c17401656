"""Moves the clock of the whole system and waits until every service reports the new time."""

import asyncio
from datetime import datetime, timedelta

from doorpakken_local.commands import domain_clock
from doorpakken_local.demo.play import Play
from doorpakken_local.demo.visiting.probe import until

NEAR = timedelta(seconds=30)


async def move_to(play: Play, moment: datetime) -> None:
    domain_clock.set_time(play.place.folder, moment.isoformat())

    async def farthest() -> timedelta:
        answers = await asyncio.gather(*(one.get("/healthz") for one in play.desk.values()))
        moments = [datetime.fromisoformat(answer["now"]) for answer in answers]
        return max(abs(moment - now) for now in moments)

    await until("all services to be at the new time", farthest, lambda far: far < NEAR)

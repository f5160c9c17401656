"""The story in order, a stage a line. Refuses nothing; each stage refuses for itself."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from doorpakken_local.demo import (
    answering,
    conversation,
    gathering_day,
    giving,
    lapsing,
    opening,
    planning,
    supporting,
)
from doorpakken_local.demo.domain_time import move_to
from doorpakken_local.demo.play import Play


@dataclass(frozen=True)
class Stage:
    """`name` stands in the report, `title` on the screen; the clock moves first, where it does."""

    name: str
    title: str
    act: Callable[[Play], Awaitable[None]]
    moment: str | None = None

    async def play(self, play: Play) -> None:
        if self.moment:
            await move_to(play, getattr(play.story.moments, self.moment))
        await self.act(play)


STAGES = (
    Stage("opening", "Staff open the gathering", opening.open_gathering, "opening"),
    Stage("sign_up", "People sign up", opening.sign_up),
    Stage("personal_links", "Their personal links arrive by mail", opening.receive_links),
    Stage("check_in", "The day itself: walk-ins and check-in", gathering_day.welcome, "doors"),
    Stage("pitches", "Entrepreneurs tell what they need", gathering_day.pitch, "pitching"),
    Stage("portraits", "Portraits, and what tables note about them", conversation.hold),
    Stage("contacts", "Who answers for an organisation", supporting.name_contacts),
    Stage("support", "Others believe in it, or join", supporting.support),
    Stage("offers", "People and organisations offer help", giving.offer),
    Stage("wishes", "People say what they want to work on", giving.wish),
    Stage("plan", "Rooms, times and a plan", planning.plan, "planning"),
    Stage("wave", "Staff release the invitations", planning.release),
    Stage("answers", "People press the button in their mail", answering.answer, "answering"),
    Stage("lapsing", "Answers are due; who waits is offered a place", lapsing.lapse, "due"),
    Stage("confirmations", "Confirmations with a calendar arrive", answering.confirm),
)

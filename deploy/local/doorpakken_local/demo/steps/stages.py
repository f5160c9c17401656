"""The stages of the story in order. Each stage does its own checks."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from doorpakken_local.demo.play import Play
from doorpakken_local.demo.steps import (
    afterwards,
    answering,
    conversation,
    door,
    giving,
    hosting,
    in_line,
    making,
    opening,
    pitching,
    planning,
    supporting,
)
from doorpakken_local.demo.steps.domain_time import move_to


@dataclass(frozen=True)
class Stage:
    """`name` is for the report, `title` for the screen; the clock is set to `moment` first, if
    any."""

    name: str
    title: str
    act: Callable[[Play], Awaitable[None]]
    moment: str | None = None

    async def play(self, play: Play) -> None:
        if self.moment:
            await move_to(play, getattr(play.story.moments, self.moment))
        await self.act(play)


STAGES = (
    Stage("opening", "Staff open the gathering", making.make, "opening"),
    Stage("sign_up", "People sign up", opening.sign_up),
    Stage("personal_links", "Their personal links arrive by mail", opening.receive_links),
    Stage("telling_more", "On their own page they say what they can do", opening.tell_more),
    Stage("check_in", "The day itself: walk-ins and check-in", door.welcome, "doors"),
    Stage("pitches", "Entrepreneurs tell what they need", pitching.pitch_plans, "pitching"),
    Stage("portraits", "Portraits, and what tables note about them", conversation.hold),
    Stage("contacts", "Who answers for an organisation", supporting.name_contacts),
    Stage("support", "Others believe in it, or join", supporting.support),
    Stage("confirm", "Organisations confirm their support by mail", supporting.confirm),
    Stage("offers", "People and organisations offer help", giving.offer),
    Stage("wishes", "People say what they want to work on", giving.wish),
    Stage("plan", "Rooms, times and a plan", planning.plan, "planning"),
    Stage("hosts", "Who pitched says yes to leading the session", hosting.say_yes, "hosting"),
    Stage("wave", "Staff release the invitations", planning.release),
    Stage("answers", "People press the button in their mail", answering.answer, "answering"),
    Stage("in_line", "Who waits takes the place that is offered", in_line.accept_offers),
    Stage("lapsing", "Answers were due: holds lapse, who waits moves up", afterwards.lapse, "due"),
    Stage("confirmations", "Confirmations with a calendar arrive", answering.confirm),
    Stage("giving_up", "Somebody gives up a seat, the next in line takes it", afterwards.give_up),
    Stage("colleague", "Somebody sends a colleague", afterwards.send_colleague),
    Stage("last_mails", "The last mails arrive", answering.confirm),
)

"""Each invariant can fail: the product is broken in one way, and the invariant that is there for it
says so. A mutant that nobody notices would be a fault that nobody notices."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from doorpakken_local.system import System

from tests.amounts import amount
from tests.e2e.gatherings import open_now, open_session, play_at, register
from tests.fault.desk import Desk
from tests.fault.injected import HEARERS, attendee, bad_json, injector, later, raw_of
from tests.fault.ledger import Account
from tests.fault.scenario import Scenario, watched
from tests.fault.test_capacity import resize
from tests.fault.test_seats import ask
from tests.fault.test_unfit_mails import ask as owe_link

FOLDER = Path(__file__).with_name("mutants")

pytestmark = pytest.mark.fault


@dataclass(frozen=True)
class Mutant:
    """A way to break one service, what has to happen then, and who has to notice."""

    name: str
    service: str
    provoke: Callable[[Scenario, str], Coroutine[Any, Any, None]]
    invariant: str
    failpoints: str = ""

    async def let_loose(self, run: Scenario) -> None:
        """Has the broken service do its worst, and die where it is told to."""
        gathering_id = await run.desk.gathering()
        await run.quiet()
        broken = {"PYTHONPATH": str(FOLDER), "MUTANT": self.name, "FAILPOINTS": self.failpoints}
        await run.restart(self.service, broken)
        provoking = asyncio.create_task(self.provoke(run, gathering_id))
        if self.failpoints:
            await run.dies(self.service)
            await run.start(self.service)
        await provoking
        await run.quiet()


async def enter_somebody(run: Scenario, gathering_id: str) -> None:
    """One acknowledged write."""
    await run.crowd.enter(gathering_id, 1)


async def sign_somebody_up(run: Scenario, gathering_id: str) -> None:
    """One mail."""
    await run.crowd.sign_up(gathering_id)


async def say_a_late_state(run: Scenario, gathering_id: str) -> None:
    """The second state of somebody, and then the first, each heard before the other is said."""
    first = attendee(gathering_id)
    async with injector(run.system) as aside:
        for example in (later(first), first):
            await aside.say(raw_of(example))
            await run.quiet()


async def say_nonsense(run: Scenario, gathering_id: str) -> None:
    """What nobody can read."""
    async with injector(run.system) as aside:
        message_id = await aside.say(bad_json(gathering_id))
    for service in HEARERS:
        run.expected.poison[service].add(message_id)


async def owe_an_unfit_mail(run: Scenario, gathering_id: str) -> None:
    """To an address that no server takes."""
    async with injector(run.system) as aside:
        await owe_link(aside, gathering_id, run, email="jan@@doorpakken")


async def ask_for_one_seat(run: Scenario, _gathering_id: str) -> None:
    """Three ask for it."""
    async with play_at(run.system) as play:
        await open_now(play)
        ids = [one.json()["id"] for one in await register(play, 3)]
        session_id = await open_session(play, ids[0], seats=1)
        for attendee_id in ids:
            await ask(play, session_id, attendee_id)


async def give_a_seat_and_take_it(run: Scenario, _gathering_id: str) -> None:
    """Somebody in line is offered a seat that goes again before they answer."""
    async with play_at(run.system) as play:
        await open_now(play)
        ids = [one.json()["id"] for one in await register(play, 2)]
        session_id = await open_session(play, ids[0], seats=1)
        for attendee_id in ids:
            await ask(play, session_id, attendee_id)
        for seats in (2, 1):
            await resize(run, play, session_id, seats)


MUTANTS = (
    Mutant(
        "relay_marks_first",
        "registration",
        enter_somebody,
        "I1",
        # Not what waits for staff, which is said at any time.
        "relay.acknowledged=kill@attendee-registered",
    ),
    Mutant("consumer_commits_first", "matching", enter_somebody, "I2", "consumer.applied=kill"),
    Mutant("mail_goes_twice", "notification", sign_somebody_up, "I3"),
    Mutant("unfit_mail_is_forgotten", "notification", owe_an_unfit_mail, "I3"),
    Mutant("seats_without_end", "registration", ask_for_one_seat, "I4"),
    Mutant("begins_before_it_ends", "registration", give_a_seat_and_take_it, "I7"),
    Mutant("inbox_forgets", "matching", say_a_late_state, "I5"),
    Mutant("fold_forgets", "reporting", say_a_late_state, "I6"),
    Mutant("poison_is_dropped", "notification", say_nonsense, "I7"),
)
# Each alone proves more; all after each other take half the time.
RUNS: Sequence[Sequence[Mutant]] = amount(usual=[MUTANTS], full=[[one] for one in MUTANTS])


@pytest.mark.parametrize(
    "mutants", RUNS, ids=lambda mutants: "-".join(one.invariant for one in mutants)
)
async def test_each_invariant_notices_its_mutant(
    system: System, desk: Desk, cleared: None, mutants: Sequence[Mutant]
) -> None:
    account = Account("mutants")
    async with watched(system, desk, account) as run:
        for mutant in mutants:
            await mutant.let_loose(run)
    noticed = {finding.invariant for finding in account.findings}
    assert noticed >= {mutant.invariant for mutant in mutants}

"""Failpoints for tests: where a service can be killed, halted or fail, and what must hold then.
Refuses unknown names and actions at start; unless armed, reaching a point costs a dict look-up."""

import os
import re
import signal
from dataclasses import dataclass
from types import MappingProxyType

# Per point, what must hold after trouble there.
POINTS = MappingProxyType(
    {
        "transaction.open": "nothing half-written; others go on when the server drops its locks",
        "transaction.committed": "a reply lost after the commit: a retry gives the same answer",
        "relay.read": "rows read but not sent stay pending; another replica takes the shard",
        "relay.stamped": "halted with a record in hand: too late, it is refused by the broker",
        "relay.acknowledged": "rows sent but not marked are sent again; every inbox drops them",
        "consumer.applied": "applied but the offset not committed: read again, dropped as known",
        "consumer.committed": "offset committed: nothing is read again and nothing is missed",
        "handler.entered": "an event that cannot be handled is parked with its aggregate alone",
        "timer.claimed": "a claimed timer is claimed again after its lease; it fires once",
        "lane.decided": "a lane's batch committed, nobody answered: a retry gives the same answers",
        "delivery.intent": "mail meant but not handed over: it is sent after the restart",
        "delivery.accepted": "mail taken but not written down: ambiguous, never sent twice",
        "delivery.journaled": "mail taken and written down: counted as sent, never sent twice",
    }
)

_ACTION = re.compile(r"(?P<action>kill|fail|halt)(:(?P<time>[1-9][0-9]{0,5}))?(@(?P<about>[^@]+))?")


class UnknownFailpoint(ValueError):
    """The text that arms failpoints names a point or an action that does not exist."""


class Injected(Exception):
    """Raised at a point that is armed with `fail`."""


@dataclass
class _Armed:
    """What happens at a point: a kill or a halt the n-th time, or a failure from the n-th time on;
    with `about`, only for subjects that begin with it."""

    action: str
    wait: int
    about: str

    def is_due(self, about: tuple[str, ...]) -> bool:
        if self.about and not any(one.startswith(self.about) for one in about):
            return False
        self.wait -= 1
        return self.wait <= 0


_armed: dict[str, _Armed] = {}


def arm(text: str) -> None:
    """Replaces the armed points by these, comma separated: `name=kill`, `name=kill:3` (the third
    time), `name=fail`, `name=halt` (halts the process, once) or `name=kill@attendee` (only for
    subjects that begin so). Raises UnknownFailpoint."""
    armed = dict(_read(part.strip()) for part in text.split(",") if part.strip())
    _armed.clear()
    _armed.update(armed)


def _read(part: str) -> tuple[str, _Armed]:
    name, _, action = part.partition("=")
    found = _ACTION.fullmatch(action)
    if name not in POINTS:
        raise UnknownFailpoint(f"no failpoint {name!r}; there are {', '.join(POINTS)}")
    if not found:
        raise UnknownFailpoint(
            f"failpoint {name} can be kill, halt or fail, with :N or @TEXT, not {action!r}"
        )
    return name, _Armed(found["action"], int(found["time"] or 1), found["about"] or "")


async def reach(name: str, *about: str) -> None:
    """Kills or halts the process, or raises Injected, when the point is armed and due. `about`
    names the subjects at work. KeyError for an unlisted point."""
    if not _armed:
        return
    if name not in POINTS:
        raise KeyError(name)
    armed = _armed.get(name)
    if armed is None or not armed.is_due(about):
        return
    if armed.action == "fail":
        raise Injected(name)
    if armed.action == "halt":
        del _armed[name]
    os.kill(os.getpid(), signal.SIGSTOP if armed.action == "halt" else signal.SIGKILL)

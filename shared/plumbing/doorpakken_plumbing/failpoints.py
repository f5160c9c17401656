"""Where a test may kill a service, and what dying there must not break: the crash matrix.
Refuses unknown names and actions at start; unless armed, reaching a point costs a dict look-up."""

import os
import re
import signal
from types import MappingProxyType

# What a kill at each point proves.
POINTS = MappingProxyType(
    {
        "transaction.open": "nothing half-written; others go on when the server drops its locks",
        "transaction.committed": "a reply lost after the commit: a retry gives the same answer",
        "relay.read": "rows read but not sent stay pending; another replica takes the shard",
        "relay.acknowledged": "rows sent but not marked are sent again; every inbox drops them",
        "consumer.applied": "applied but the offset not committed: read again, dropped as known",
        "consumer.committed": "offset committed: nothing is read again and nothing is missed",
        "timer.claimed": "a claimed timer is claimed again after its lease; it fires once",
        "lane.decided": "a lane's batch committed, nobody answered: a retry gives the same answers",
        "delivery.intent": "mail meant but not handed over: it is sent after the restart",
        "delivery.accepted": "mail taken but not written down: ambiguous, never sent twice",
        "delivery.journaled": "mail taken and written down: counted as sent, never sent twice",
    }
)

_ACTION = re.compile(r"kill(?::([1-9][0-9]{0,5}))?")
_armed: dict[str, int] = {}


class UnknownFailpoint(ValueError):
    """The text that arms failpoints names a point or an action that does not exist."""


def arm(text: str) -> None:
    """Sets the points of `name=kill` or `name=kill:3` (the third time), comma separated."""
    armed = dict(_read(part.strip()) for part in text.split(",") if part.strip())
    _armed.clear()
    _armed.update(armed)


def _read(part: str) -> tuple[str, int]:
    name, _, action = part.partition("=")
    found = _ACTION.fullmatch(action)
    if name not in POINTS:
        raise UnknownFailpoint(f"no failpoint {name!r}; there are {', '.join(POINTS)}")
    if not found:
        raise UnknownFailpoint(f"failpoint {name} can be kill or kill:N, not {action!r}")
    return name, int(found[1] or 1)


async def reach(name: str) -> None:
    """Dies here when the point is armed and its count is up; KeyError for an unlisted point."""
    if not _armed:
        return
    if name not in POINTS:
        raise KeyError(name)
    if name in _armed:
        _armed[name] -= 1
        if _armed[name] == 0:
            os.kill(os.getpid(), signal.SIGKILL)

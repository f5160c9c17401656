"""Ends the children of the program that started it when that program dies without stopping them
(kill -9). Uses the standard library only: it is started without site packages."""

import os
import signal
import sys
import time

TERM_SECONDS = 6.0
POLL_SECONDS = 0.02


def main() -> None:
    """Read lines `+ GROUP STAGE` and `- GROUP`; at the end of input, end the remaining groups."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    stages: dict[int, int] = {}
    for line in sys.stdin:
        sign, group, *stage = line.split()
        if sign == "+":
            stages[int(group)] = int(stage[0])
        else:
            stages.pop(int(group), None)
    # Later stages depend on earlier ones, so they are ended first.
    for stage_number in sorted(set(stages.values()), reverse=True):
        _end([group for group, at in stages.items() if at == stage_number])


def _end(groups: list[int]) -> None:
    left = [group for group in groups if _send(group, signal.SIGTERM)]
    deadline = time.monotonic() + TERM_SECONDS
    while left and time.monotonic() < deadline:
        time.sleep(POLL_SECONDS)
        left = [group for group in left if _send(group, 0)]
    for group in left:
        _send(group, signal.SIGKILL)


def _send(group: int, number: int) -> bool:
    try:
        os.killpg(group, number)
    except (ProcessLookupError, PermissionError):
        return False
    return True


if __name__ == "__main__":
    main()

"""`doorpakken down`: asks the process that runs a system to stop, and waits until it has."""

import os
import signal
import time
from contextlib import suppress

from doorpakken_local.folder import DataFolder

STOP_SECONDS = 45.0
POLL_SECONDS = 0.05


class NotStopped(Exception):
    """The system still runs after STOP_SECONDS."""


def stop(folder: DataFolder) -> bool:
    """Returns False when no system runs; raises NotStopped."""
    holder = folder.find_holder()
    if holder is None:
        return False
    with suppress(ProcessLookupError):  # it may have ended just now
        os.kill(holder, signal.SIGTERM)
    deadline = time.monotonic() + STOP_SECONDS
    while folder.find_holder() == holder:
        if time.monotonic() > deadline:
            raise NotStopped(
                f"Process {holder} has not stopped within {STOP_SECONDS:.0f} s. End it with "
                f"`kill -9 {holder}`: all that it started ends with it, and nothing is lost."
            )
        time.sleep(POLL_SECONDS)
    return True

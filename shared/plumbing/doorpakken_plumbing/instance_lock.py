"""A file lock held while an instance runs; refuses a second process under the same name.
Two of them would silently steal each other's partitions and leases."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class AlreadyRunning(RuntimeError):
    """Another process runs under this name."""


@contextmanager
def instance_lock(path: Path) -> Iterator[None]:
    """Raises AlreadyRunning. The kernel releases the lock however the process ends."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AlreadyRunning(
                f"{path.name} runs already; give this one another INSTANCE, or stop the other"
            ) from None
        yield

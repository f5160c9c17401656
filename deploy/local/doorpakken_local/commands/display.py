"""Shows the progress of a start or a stop: a live table on a terminal, plain lines elsewhere."""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.live import Live
from rich.spinner import Spinner
from rich.table import Table

from doorpakken_local.processes import Tell

DONE = ("ready", "stopped")


@contextmanager
def progress(console: Console) -> Iterator[Tell]:
    if console.is_terminal:
        with _Board(console).live() as tell:
            yield tell
    else:
        yield _Lines(console).tell


class _Lines:
    """One line per change, with the seconds since the beginning."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._began = time.monotonic()

    def tell(self, part: str, state: str) -> None:
        seconds = time.monotonic() - self._began
        self._console.print(f"{seconds:6.1f} s  {part:<16} {state}", highlight=False)


class _Board:
    """One row per part, with a spinner until it is done."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._began = time.monotonic()
        self._states: dict[str, tuple[str, float]] = {}
        self._spinner = Spinner("dots")

    @contextmanager
    def live(self) -> Iterator[Tell]:
        with Live(get_renderable=self._table, console=self._console, refresh_per_second=10):
            yield self.tell

    def tell(self, part: str, state: str) -> None:
        self._states[part] = (state, time.monotonic() - self._began)

    def _table(self) -> Table:
        table = Table.grid(padding=(0, 2))
        for part, (state, seconds) in self._states.items():
            done = state in DONE
            mark = "[green]✓[/]" if done else self._spinner
            table.add_row(mark, part, state, f"{seconds:.1f} s" if done else "")
        return table


class Screen(Console):
    """Discards output after a broken pipe (`doorpakken up | head`), so that the system stays up."""

    def on_broken_pipe(self) -> None:
        self.quiet = True
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def complain(message: str) -> None:
    Console(stderr=True, highlight=False, soft_wrap=True).print(message, markup=False)
    sys.stderr.flush()

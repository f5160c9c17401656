"""Starts the parts of a system as processes, each in its own process group, and ends all of them,
also when this program is killed."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import doorpakken_local.warden
from doorpakken_local.ports import LOOPBACK

Tell = Callable[[str, str], None]
POLL_SECONDS = 0.02
LISTEN_SECONDS = 60.0
LOG_LINES_SHOWN = 12


class PartFailed(Exception):
    """A part ended or did not answer in time; the message shows the end of its log."""


@dataclass(frozen=True)
class Part:
    """How to start one part. Parts of a later stage depend on those of earlier stages."""

    name: str
    argv: Sequence[str]
    log: Path
    stage: int
    ports: Sequence[int] = ()
    env: Mapping[str, str] = field(default_factory=dict)
    is_quiet: bool = False  # its output is secret and not logged
    stop_seconds: float = 15.0


@dataclass(frozen=True)
class Running:
    """A started part and its process."""

    part: Part
    process: subprocess.Popen[bytes]

    @property
    def pid(self) -> int:
        return self.process.pid

    def is_alive(self) -> bool:
        return self.process.poll() is None

    def check(self) -> None:
        """Raises PartFailed when the process has ended."""
        if not self.is_alive():
            raise self.failure(f"ended with exit code {self.process.returncode}")

    def failure(self, what: str) -> PartFailed:
        log = self.part.log
        return PartFailed(f"{self.part.name} {what}. The end of {log}:\n{tail(log)}")

    async def listening(self) -> None:
        """Wait until all ports accept connections; raises PartFailed after LISTEN_SECONDS per
        port."""
        for port in self.part.ports:
            await self._listening(port)

    async def _listening(self, port: int) -> None:
        deadline = asyncio.get_running_loop().time() + LISTEN_SECONDS
        while asyncio.get_running_loop().time() < deadline:
            self.check()
            if await _accepts(port):
                return
            await asyncio.sleep(POLL_SECONDS)
        raise self.failure(f"did not listen on port {port} within {LISTEN_SECONDS:.0f} s")


class Processes:
    """The processes of one system, and the warden that ends them if this program dies."""

    def __init__(self) -> None:
        self._running: dict[str, Running] = {}
        self._parts: dict[str, Part] = {}
        self._warden: subprocess.Popen[str] | None = None

    def start(self, part: Part) -> Running:
        """The part gets no terminal; its output is appended to its log, or discarded if it is
        quiet."""
        self._hire_warden()  # first, so that it learns of every child
        if ended := self._running.get(part.name):
            self._tell_warden(f"- {ended.pid}")  # its pid may be reused by another process
        with (Path(os.devnull) if part.is_quiet else part.log).open("ab") as log:
            process = subprocess.Popen(
                part.argv,
                env=dict(part.env),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self._tell_warden(f"+ {process.pid} {part.stage}")
        self._parts[part.name] = part
        self._running[part.name] = Running(part, process)
        return self._running[part.name]

    def start_again(self, name: str) -> Running:
        return self.start(self._parts[name])

    async def run(self, part: Part) -> None:
        """Run a part that ends by itself; raises PartFailed on a non-zero exit code."""
        running = self.start(part)
        try:
            if await asyncio.to_thread(running.process.wait):
                running.check()
        finally:
            await self.stop(part.name)

    def list(self) -> list[Running]:
        """All parts that were started and not stopped, whether alive or dead."""
        return [*self._running.values()]

    def kill(self, name: str) -> None:
        running = self._running.pop(name)
        _signal(running, signal.SIGKILL)
        running.process.wait()
        self._tell_warden(f"- {running.pid}")

    def signal(self, name: str, number: signal.Signals) -> None:
        _signal(self._running[name], number)

    async def stop(self, name: str) -> None:
        """Send SIGTERM, and SIGKILL after the part's `stop_seconds`. Does nothing for an unknown
        name."""
        running = self._running.get(name)
        if running is None:
            return
        _signal(running, signal.SIGTERM)
        deadline = asyncio.get_running_loop().time() + running.part.stop_seconds
        while running.is_alive():
            if asyncio.get_running_loop().time() > deadline:
                _signal(running, signal.SIGKILL)
            await asyncio.sleep(POLL_SECONDS)
        _signal(running, signal.SIGKILL)  # remaining processes of its group
        self._running.pop(name, None)
        self._tell_warden(f"- {running.pid}")

    async def stop_all(self, tell: Tell) -> None:
        """Later stages first."""
        for stage in sorted({running.part.stage for running in self.list()}, reverse=True):
            names = [run.part.name for run in self.list() if run.part.stage == stage]
            await asyncio.gather(*(self._stop_and_tell(name, tell) for name in names))
        self._dismiss_warden()

    async def _stop_and_tell(self, name: str, tell: Tell) -> None:
        tell(name, "stopping")
        await self.stop(name)
        tell(name, "stopped")

    def _hire_warden(self) -> None:
        if self._warden is not None:
            return
        self._warden = subprocess.Popen(
            [sys.executable, "-I", "-S", doorpakken_local.warden.__file__],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            text=True,
        )

    def _tell_warden(self, line: str) -> None:
        if self._warden is not None and self._warden.stdin is not None:
            self._warden.stdin.write(line + "\n")
            self._warden.stdin.flush()

    def _dismiss_warden(self) -> None:
        if self._warden is not None and self._warden.stdin is not None:
            self._warden.stdin.close()
            self._warden.wait()
            self._warden = None


@asynccontextmanager
async def together() -> AsyncIterator[asyncio.TaskGroup]:
    """A TaskGroup that raises the first failure itself instead of an exception group."""
    try:
        async with asyncio.TaskGroup() as group:
            yield group
    except BaseExceptionGroup as failures:
        raise failures.exceptions[0] from None


def tail(log: Path, lines: int = LOG_LINES_SHOWN) -> str:
    return "\n".join(log.read_text(errors="replace").splitlines()[-lines:]) if log.exists() else ""


def _signal(running: Running, number: int) -> None:
    try:
        os.killpg(running.pid, number)
    except ProcessLookupError:
        return  # it has ended already


async def _accepts(port: int) -> bool:
    try:
        _, writer = await asyncio.open_connection(LOOPBACK, port)
    except OSError:
        return False
    writer.close()
    return True

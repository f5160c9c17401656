"""`doorpakken up` as a person runs it: secrets kept, nothing left behind, clear words."""

import asyncio
import json
import os
import signal
import socket
import stat
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import psutil
import pytest
from doorpakken_local import state
from doorpakken_local.commands import down
from doorpakken_local.folder import DataFolder
from doorpakken_local.ports import Ports
from doorpakken_plumbing.mongo.layout import LAYOUT
from typer.testing import Result

from deploy.local.tests.commanded import command, complaint
from tests.probe import comes_true

DOORPAKKEN = (sys.executable, "-m", "doorpakken_local")
START_SECONDS = 60.0
GONE_SECONDS = 20.0


class Up:
    """One `doorpakken up --infrastructure-only`, watched from outside."""

    def __init__(self, folder: Path, base_port: int) -> None:
        self.folder = DataFolder(folder)
        argv = [*DOORPAKKEN, "up", "--infrastructure-only"]
        argv += ["--data-dir", str(folder), "--base-port", str(base_port)]
        self.process = subprocess.Popen(
            argv, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )

    async def is_up(self) -> None:
        """Waits until everything runs."""
        await self.reaches(lambda _root: self._is_up())

    async def reaches(self, is_there: Callable[[Path], bool]) -> None:
        """Waits until the start has got this far."""
        await comes_true(
            lambda: is_there(self.folder.root) or self.process.poll() is not None, START_SECONDS
        )
        assert self.process.poll() is None, self.process.communicate()

    def _is_up(self) -> bool:
        try:
            return state.find(self.folder).pid == self.process.pid
        except state.NotRunning:
            return False

    def end(self, number: signal.Signals) -> tuple[int, str, str]:
        self.process.send_signal(number)
        return self.ended()

    def ended(self) -> tuple[int, str, str]:
        """Waits until it has ended by itself: exit code, output and complaints."""
        out, err = self.process.communicate(timeout=GONE_SECONDS)
        return self.process.returncode, out, err

    def left(self) -> list[str]:
        """Command lines of processes that still work on this folder."""
        return [" ".join(process.info["cmdline"]) for process in self._processes()]

    async def kill_everything(self) -> None:
        """Ends the program, its warden and all parts at the same moment (kill -9)."""
        await halt(self.process)  # it must not start another one meanwhile
        started = psutil.Process(self.process.pid).children(recursive=True)
        for process in {*started, *self._processes()}:
            with suppress(psutil.NoSuchProcess):
                process.kill()
        self.process.communicate()
        await comes_true(lambda: not self.left())

    def _processes(self) -> list[psutil.Process]:
        return [
            process
            for process in psutil.process_iter(["cmdline"])
            if str(self.folder.root) in " ".join(process.info["cmdline"] or [])
        ]


async def halt(process: subprocess.Popen[str]) -> None:
    """SIGSTOP, and it has stopped: of signals that wait, a later SIGTERM would come first."""
    process.send_signal(signal.SIGSTOP)
    await comes_true(lambda: psutil.Process(process.pid).status() == psutil.STATUS_STOPPED)


@pytest.mark.timeout(600)  # nine starts, one after the other
async def test_a_whole_life(tmp_path: Path, base_port: int) -> None:
    for is_there in MOMENTS.values():
        early = Up(tmp_path, base_port)
        await early.reaches(is_there)
        await early.kill_everything()
    up = Up(tmp_path, base_port)
    await up.is_up()

    check_secrets(up)
    looked = json.loads((await run("status", "--json", "--data-dir", str(tmp_path))).stdout)
    assert looked["well"]
    assert {part["name"] for part in looked["parts"]} == {"kafka", "mongod", "mailbox"}
    refused, _out, err = Up(tmp_path, base_port + 100).ended()
    assert refused == 1
    assert "already runs" in err
    assert len(err.splitlines()) == 1

    up.process.kill()
    up.process.communicate()
    again = Up(tmp_path, base_port)  # at once: the parts of the killed one are still ending
    await again.is_up()
    await again.kill_everything()
    assert (await run("status", "--data-dir", str(tmp_path))).exit_code == 1

    last = Up(tmp_path, base_port + 50)
    await last.is_up()
    stopping = await run("down", "--data-dir", str(tmp_path))
    assert (stopping.exit_code, stopping.stdout.strip()) == (0, "Stopped.")
    code, _out, err = last.ended()
    assert (code, err) == (0, "")
    assert last.left() == []
    assert "Nothing was running" in (await run("down", "--data-dir", str(tmp_path))).stdout


async def run(*words: str) -> Result:
    return await asyncio.to_thread(command, *words)


def check_secrets(up: Up) -> None:
    root = up.folder.root
    private = [root / "credentials.json", *sorted((root / "env").iterdir())]
    assert len(private) == 5
    assert {stat.S_IMODE(path.stat().st_mode) for path in private} == {0o600}
    assert stat.S_IMODE(up.folder.staff_password.stat().st_mode) == 0o600
    assert stat.S_IMODE((root / "mongod" / "replica-key").stat().st_mode) == 0o400
    assert {stat.S_IMODE(path.stat().st_mode) for path in root.iterdir() if path.is_dir()} == {
        0o700
    }
    made = json.loads(up.folder.credentials.read_text())
    passwords = {*made["kafka"].values(), *made["mongodb"].values()}
    public = [*up.left(), *(log.read_text() for log in up.folder.logs.iterdir())]
    public.append(up.folder.state.read_text())
    assert len(passwords) == 12
    assert not [text for text in public if any(password in text for password in passwords)]


def has_said(log: str, text: str) -> Callable[[Path], bool]:
    """Whether a part has written this to its log."""

    def look(root: Path) -> bool:
        path = root / "logs" / log
        return path.exists() and text in path.read_text(errors="replace")

    return look


# How far a first start gets before everything is killed, again and again.
MOMENTS: dict[str, Callable[[Path], bool]] = {
    "secrets and nothing else": lambda root: (root / "credentials.json").exists(),
    "a database in the making": lambda root: (root / "mongod" / "data" / "WiredTiger").exists(),
    "a replica set without its root": has_said("mongod.log", "Transition to primary complete"),
    "a broker in the making": lambda root: any((root / "kafka" / "data").glob("bootstrap*")),
    "a broker without topics": lambda root: any((root / "kafka" / "data").glob("__cluster*/*.log")),
}


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
async def test_an_interrupted_start_leaves_nothing(
    tmp_path: Path, base_port: int, number: signal.Signals
) -> None:
    up = Up(tmp_path, base_port)
    await comes_true(lambda: len(up.left()) > 2, START_SECONDS)
    up.process.send_signal(number)  # who is impatient presses twice
    code, _out, err = up.end(number)
    assert (code, err) == (0, "")
    assert up.left() == []


HOLD = """
import sys, time
from pathlib import Path
from doorpakken_local.folder import DataFolder
with DataFolder(Path(sys.argv[1])).held():
    time.sleep(300)
"""


async def test_a_system_that_hears_nothing_is_named_with_the_way_to_end_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = DataFolder(tmp_path)
    monkeypatch.setattr(down, "STOP_SECONDS", 0.2)
    argv = [sys.executable, "-c", HOLD, str(tmp_path)]
    holder = subprocess.Popen(argv, text=True)  # noqa: ASYNC220
    await comes_true(lambda: folder.find_holder() == holder.pid)
    await halt(holder)
    with pytest.raises(down.NotStopped, match=f"End it with `kill -9 {holder.pid}`"):
        down.stop(folder)

    holder.kill()
    holder.wait()
    assert down.stop(folder) is False


def test_a_taken_port_is_one_sentence(tmp_path: Path, base_port: int) -> None:
    where = ["--data-dir", str(tmp_path), "--base-port", str(base_port)]
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", Ports(base_port).mongod))
        taken.listen()
        sentence = complaint("up", "--infrastructure-only", *where)
    assert f"Port {Ports(base_port).mongod} (MongoDB) is in use" in sentence


def test_a_failed_start_says_why_and_leaves_nothing(tmp_path: Path, base_port: int) -> None:
    (tmp_path / "mongod" / "data").mkdir(parents=True)
    (tmp_path / "mongod" / "data" / "storage.bson").write_bytes(os.urandom(64))
    (tmp_path / "layout").write_text(f"{LAYOUT}\n")
    up = Up(tmp_path, base_port)
    _, err = up.process.communicate(timeout=START_SECONDS)
    assert up.process.returncode == 1
    assert "mongod ended with exit code" in err
    assert str(up.folder.log_of("mongod")) in err
    assert "Traceback" not in err
    assert up.left() == []

"""Processes and their warden: whatever happens to the program, its children end."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest
from doorpakken_local.processes import Part, PartFailed, Processes

# A child that starts a grandchild and hears no SIGTERM.
STUBBORN = (
    "import signal, subprocess, sys, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); "
    "subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(300)']); "
    "print('up', flush=True); time.sleep(300)"
)
PARENT = """
import asyncio, sys
from pathlib import Path
from doorpakken_local.processes import Part, Processes
processes = Processes()
for name, stage in (("one", 0), ("two", 1)):
    log = Path(sys.argv[1]) / name
    running = processes.start(Part(name, [sys.executable, "-c", sys.argv[2]], log, stage))
    print(running.pid, flush=True)
asyncio.run(asyncio.sleep(300))
"""
SLEEP = "import time; time.sleep(300)"
WARDEN_SECONDS = 10.0


def part(tmp_path: Path, code: str, stop_seconds: float = 0.3) -> Part:
    argv = [sys.executable, "-c", code]
    return Part("child", argv, tmp_path / "child.log", 0, stop_seconds=stop_seconds)


def group_is_gone(group: int) -> bool:
    return all(
        os.getpgid(process.pid) != group
        for process in psutil.process_iter()
        if psutil.pid_exists(process.pid) and process.status() != psutil.STATUS_ZOMBIE
    )


def wait_for(text: str, log: Path) -> None:
    for _ in range(500):
        if log.exists() and text in log.read_text():
            return
        time.sleep(0.02)
    raise AssertionError(f"{log} never said {text}")


async def test_who_hears_no_sigterm_is_ended_with_its_children(tmp_path: Path) -> None:
    processes = Processes()
    running = processes.start(part(tmp_path, STUBBORN))
    wait_for("up", tmp_path / "child.log")
    await processes.stop("child")
    assert group_is_gone(running.pid)
    await processes.stop_all(lambda _part, _state: None)


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_children_end_with_a_parent_that_cannot_say_goodbye(
    tmp_path: Path, number: signal.Signals
) -> None:
    argv = [sys.executable, "-c", PARENT, str(tmp_path), SLEEP]
    with subprocess.Popen(argv, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        groups = [int(parent.stdout.readline()) for _ in range(2)]
        assert not any(group_is_gone(group) for group in groups)
        parent.send_signal(number)
        parent.wait()
    deadline = time.monotonic() + WARDEN_SECONDS
    while not all(group_is_gone(group) for group in groups):
        assert time.monotonic() < deadline, "children outlived their parent"
        time.sleep(0.05)


async def test_the_failure_of_a_part_shows_its_log(tmp_path: Path) -> None:
    processes = Processes()
    with pytest.raises(PartFailed, match=r"exit code 3(.|\n)*no luck today"):
        await processes.run(part(tmp_path, "print('no luck today'); raise SystemExit(3)"))
    assert processes.list() == []
    await processes.stop_all(lambda _part, _state: None)

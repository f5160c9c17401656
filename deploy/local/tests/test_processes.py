"""Processes and their warden: whatever happens to the program, its children end."""

import asyncio
import os
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest
from doorpakken_local.processes import Part, PartFailed, Processes

from tests.probe import comes_true

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


async def test_who_hears_no_sigterm_is_ended_with_its_children(tmp_path: Path) -> None:
    processes = Processes()
    running = processes.start(part(tmp_path, STUBBORN))
    await comes_true(lambda: "up" in (tmp_path / "child.log").read_text())
    await processes.stop("child")
    assert group_is_gone(running.pid)
    await processes.stop_all(lambda _part, _state: None)


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
async def test_children_end_with_a_parent_that_cannot_say_goodbye(
    tmp_path: Path, number: signal.Signals
) -> None:
    argv = [sys.executable, "-c", PARENT, str(tmp_path), SLEEP]
    parent = await asyncio.create_subprocess_exec(*argv, stdout=subprocess.PIPE)
    assert parent.stdout is not None
    groups = [int(await parent.stdout.readline()) for _ in range(2)]
    assert not any(group_is_gone(group) for group in groups)
    parent.send_signal(number)
    await parent.wait()
    await comes_true(lambda: all(map(group_is_gone, groups)), WARDEN_SECONDS)


async def test_the_failure_of_a_part_shows_its_log(tmp_path: Path) -> None:
    processes = Processes()
    with pytest.raises(PartFailed, match=r"exit code 3(.|\n)*no luck today"):
        await processes.run(part(tmp_path, "print('no luck today'); raise SystemExit(3)"))
    assert processes.list() == []
    await processes.stop_all(lambda _part, _state: None)

"""A task of a service that ends unasked, in whatever way, ends the process: with a code and a
sentence, and within seconds. Each in a process of its own, as it runs in earnest."""

import asyncio
import os
import sys
from subprocess import DEVNULL, PIPE

import pytest

SERVICE = """
import asyncio, sys
from doorpakken_plumbing.serve import run
from doorpakken_plumbing.app import create_app
from doorpakken_plumbing.service import Parts
from doorpakken_plumbing.settings import ServiceSettings

async def task(service):
    if sys.argv[1] == "failed":
        raise LookupError("nothing there")
    if sys.argv[1] == "was cancelled":
        # As a library does that passes on the end of a task of its own.
        raise asyncio.CancelledError

run(create_app(ServiceSettings(), Parts(tasks=(task,))))
"""
END_SECONDS = 60  # of starting a process on a busy machine, most of it


@pytest.mark.parametrize("how", ["failed", "was cancelled", "returned"])
async def test_a_task_that_ends_ends_the_process(environment: dict[str, str], how: str) -> None:
    own = {"SERVICE": "matching", "INSTANCE": how.replace(" ", "-"), "PORT": "0"}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", SERVICE, how),
        env=os.environ | environment | own,
        stdin=DEVNULL,
        stdout=PIPE,
        stderr=PIPE,
    )
    try:
        async with asyncio.timeout(END_SECONDS):
            out, err = await process.communicate()
    finally:
        if process.returncode is None:
            process.kill()
    said = (out + err).decode()
    assert process.returncode == 1
    assert "a task ended unasked; the process ends with code 1" in said
    assert f'"how":"{how}"' in said.replace('": "', '":"')

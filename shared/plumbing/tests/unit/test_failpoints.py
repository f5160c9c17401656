"""Failpoints kill where and when they are told, and nowhere else."""

import asyncio
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from doorpakken_plumbing import failpoints

REACH_FOUR_TIMES = """
import asyncio, sys
from doorpakken_plumbing import failpoints
failpoints.arm(sys.argv[1])
async def main():
    for count in range(1, 5):
        await failpoints.reach("relay.acknowledged", f"round/{count}")
        print(count, flush=True)
asyncio.run(main())
"""


@pytest.fixture(autouse=True)
def none_armed_afterwards() -> Iterator[None]:
    yield
    failpoints.arm("")


@pytest.mark.parametrize(
    ("armed", "reached", "killed"),
    [
        ("", "1 2 3 4", False),
        ("relay.read=kill", "1 2 3 4", False),
        ("relay.acknowledged=kill", "", True),
        ("relay.read=kill, relay.acknowledged=kill:3", "1 2", True),
        ("relay.acknowledged=kill@round/3", "1 2", True),
        ("relay.acknowledged=kill@line/3", "1 2 3 4", False),
    ],
)
def test_kills_at_the_counted_reach(armed: str, reached: str, killed: bool) -> None:
    done = subprocess.run(
        [sys.executable, "-c", REACH_FOUR_TIMES, armed], capture_output=True, text=True, check=False
    )
    assert done.stdout.split() == reached.split()
    assert done.returncode == (-9 if killed else 0)


@pytest.mark.parametrize(
    "text",
    [
        "relay.sent=kill",
        "relay.read",
        "relay.read=stop",
        "relay.read=kill:0",
        "relay.read=fail@",
        "=kill",
    ],
)
def test_unknown_points_and_actions_refuse_to_start(text: str) -> None:
    with pytest.raises(failpoints.UnknownFailpoint):
        failpoints.arm(text)


def test_a_failure_stays_and_is_about_one_thing_alone() -> None:
    failpoints.arm("handler.entered=fail@attendee/1")

    async def reach(about: str) -> bool:
        try:
            await failpoints.reach("handler.entered", about)
        except failpoints.Injected:
            return False
        return True

    reached = [asyncio.run(reach(about)) for about in ("attendee/2", "attendee/1", "attendee/1")]
    assert reached == [True, False, False]


def test_a_point_missing_from_the_table_cannot_be_reached() -> None:
    failpoints.arm("relay.read=kill")
    with pytest.raises(KeyError):
        asyncio.run(failpoints.reach("relay.sent"))


def test_every_point_says_what_it_proves() -> None:
    assert all(len(proof) > 20 for proof in failpoints.POINTS.values())


def test_every_point_is_somewhere_in_the_product() -> None:
    root = Path(__file__).parents[4]
    sources = [
        *root.glob("shared/*/doorpakken_*/**/*.py"),
        *root.glob("services/*/doorpakken_*/**/*.py"),
    ]
    reached = re.compile(r'failpoints\.reach\("([a-z.]+)"')
    found = {name for source in sources for name in reached.findall(source.read_text())}
    assert found == set(failpoints.POINTS)

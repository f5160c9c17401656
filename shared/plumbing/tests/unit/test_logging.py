"""Log lines are JSON, say where they come from, and hold nothing personal."""

import json
import subprocess
import sys
from typing import Any

import pytest
from doorpakken_plumbing.observing.logging import PERSONAL, drop_personal

PREAMBLE = """
import logging, structlog
from doorpakken_plumbing.observing.logging import configure_logging
from doorpakken_plumbing.observing.tracing import Origin
configure_logging("registration", "2", "info")
log = structlog.get_logger("ours")
"""


def lines_of(code: str) -> list[dict[str, Any]]:
    """What a process that logs prints, line by line; a fresh one, as logging is of a process."""
    done = subprocess.run(
        [sys.executable, "-c", PREAMBLE + code], capture_output=True, text=True, check=True
    )
    assert done.stderr == ""
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_a_line_says_who_when_and_why() -> None:
    (line,) = lines_of("with Origin('c-1').active(): log.info('relay waits', reason='Gone')")

    assert (line["service"], line["instance"], line["level"]) == ("registration", "2", "info")
    assert (line["event"], line["reason"], line["correlation_id"]) == ("relay waits", "Gone", "c-1")
    assert line["timestamp"].endswith("Z")


def test_the_level_counts() -> None:
    assert lines_of("log.debug('details')") == []


def test_libraries_speak_the_same_way_from_warning_on() -> None:
    (line,) = lines_of(
        "logging.getLogger('pymongo').info('chatter')\n"
        "logging.getLogger('pymongo').warning('lost %s', 'mongodb://registration:geheim@host/x')"
    )
    assert (line["logger"], line["level"], line["service"]) == (
        "pymongo",
        "warning",
        "registration",
    )
    assert "geheim" not in line["event"]


def test_the_kafka_client_does_not_flood_the_log() -> None:
    lines = lines_of(
        "for _ in range(100):\n"
        "    logging.getLogger('aiokafka.cluster').error('no connection')\n"
        "    logging.getLogger('aiokafka').error('no metadata')\n"
        "for _ in range(2):\n"
        "    logging.getLogger('asyncio').error('never retrieved')\n"
    )
    said = [line["event"] for line in lines]
    assert said == ["no connection", "no metadata", "never retrieved", "never retrieved"]


@pytest.mark.parametrize(
    "tell",
    ["log.exception('failed')", "logging.getLogger('asyncio').exception('failed')"],
)
def test_errors_are_told_by_class_and_place(tell: str) -> None:
    (line,) = lines_of(
        "try:\n"
        "    try:\n"
        "        {}['amina']\n"
        "    except KeyError as error:\n"
        "        raise ValueError('amina@example.org') from error\n"
        "except ValueError:\n"
        f"    {tell}\n"
    )
    assert line["error"] == ["ValueError", "KeyError"]
    assert any("<string>:" in place for place in line["at"])
    assert "amina" not in json.dumps(line)


@pytest.mark.parametrize("name", ["name", "email", "phone", "body", "token", "cookie", "password"])
def test_personal_keys_are_dropped(name: str) -> None:
    assert name in PERSONAL
    assert drop_personal(None, "info", {"event": "x", name: "Amina"}) == {"event": "x"}


@pytest.mark.parametrize(
    ("text", "logged"),
    [
        ("sent to amina.b+x@example.org today", "sent to …@… today"),
        ("<amina@example.org>", "<…@…>"),
        ("mongodb://u:p%40ss@127.0.0.1:27017/db", "mongodb://…@…/db"),
        ("5 pitches @ 9:00", "5 pitches @ 9:00"),
    ],
)
def test_addresses_are_masked_in_text(text: str, logged: str) -> None:
    assert drop_personal(None, "info", {"event": text})["event"] == logged

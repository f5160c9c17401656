"""Looking into a running system from the command line."""

import asyncio
import json
import signal
import sys
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
import typer
from aiokafka import AIOKafkaProducer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient, RecordsToDelete
from doorpakken_local.commands.cli_options import counts
from doorpakken_local.system import System
from doorpakken_plumbing.kafka.admin import history

from deploy.local.tests.commanded import complaint

DOORPAKKEN = (sys.executable, "-m", "doorpakken_local")
LINE_SECONDS = 30


@pytest_asyncio.fixture
async def topic(infrastructure: System) -> AsyncIterator[str]:
    """One whose records may be deleted: what is left there is seen by all who look later."""
    name, options = "parked.reporting", infrastructure.access.kafka.options()
    admin = AIOKafkaAdminClient(**options)
    await admin.start()
    yield name
    parts = (await admin.describe_topics([name]))[0]["partitions"]
    await admin.delete_records(
        {TopicPartition(name, part["partition"]): RecordsToDelete(-1) for part in parts}
    )
    await admin.close()
    assert await history(infrastructure.access.kafka, [name]) == []


async def test_events_tail_shows_what_was_said_and_ends_cleanly(
    infrastructure: System, topic: str
) -> None:
    producer = AIOKafkaProducer(**infrastructure.access.kafka.options())
    await producer.start()
    headers = [("ce_subject", b"gathering/g1"), ("ce_sequence", b"4")]
    for value in (b'{"state": "closed"}', b"no json", None):
        await producer.send_and_wait(topic, value, key=b"g1", headers=headers)
    await producer.stop()

    argv = [*DOORPAKKEN, "events", "tail", topic, "--from-beginning"]
    argv += ["--data-dir", str(infrastructure.folder.root)]
    tail = await asyncio.create_subprocess_exec(*argv, stdout=PIPE, stderr=PIPE)
    assert tail.stdout is not None
    async with asyncio.timeout(LINE_SECONDS):
        shown = [await next_of("gathering/g1", tail.stdout) for _ in range(3)]
        tail.send_signal(signal.SIGINT)
        _, err = await tail.communicate()
    assert (tail.returncode, err) == (0, b"")
    assert [event["data"] for event in shown] == [{"state": "closed"}, "no json", None]
    assert shown[0]["topic"] == topic
    assert (shown[0]["subject"], shown[0]["version"]) == ("gathering/g1", "4")


async def next_of(subject: str, lines: asyncio.StreamReader) -> dict[str, Any]:
    """The next line about this subject; others may have said something before."""
    while True:
        event: dict[str, Any] = json.loads(await lines.readline())
        if event["subject"] == subject:
            return event


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["events", "tail", "gathering-closd"], "Did you mean gathering-closed"),
        (["parked", "list"], "No system runs on"),
        (["clock", "advance", "soon"], "no duration like 3d"),
    ],
)
def test_trouble_is_one_sentence(
    tmp_path_factory: pytest.TempPathFactory, words: list[str], sentence: str
) -> None:
    nowhere = str(tmp_path_factory.mktemp("nowhere"))
    assert sentence in complaint(*words, "--data-dir", nowhere)


def test_replicas_are_counts_by_service() -> None:
    assert counts(["registration=2", "matching=1"]) == {"registration": 2, "matching": 1}


@pytest.mark.parametrize("word", ["registration", "registration=0", "kafka=2", "matching=x"])
def test_other_words_are_no_replicas(word: str) -> None:
    with pytest.raises(typer.BadParameter, match="SERVICE=N"):
        counts([word])

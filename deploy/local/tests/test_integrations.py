"""`doorpakken integration` on a running Kafka: what is printed lets a consumer in, a revoked one is
cut off at once, and nothing is granted that the catalogue keeps back."""

import asyncio
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from aiokafka import AIOKafkaConsumer
from aiokafka.errors import GroupAuthorizationFailedError, TopicAuthorizationFailedError
from doorpakken_events.catalogue import CATALOGUE, SERVICES
from doorpakken_local.system import System
from doorpakken_plumbing.kafka import integrations
from doorpakken_plumbing.kafka.admin import AdminRefused, ensure_rights, rights_now
from doorpakken_plumbing.kafka.integrations import Integration
from doorpakken_plumbing.kafka.records import Login
from doorpakken_plumbing.kafka.setup import prepare
from typer.testing import Result

from deploy.local.tests.commanded import command

PUBLIC = sorted(topic.name for topic in CATALOGUE.values() if topic.audience == "public")
GRANTABLE = sorted(topic.name for topic in CATALOGUE.values() if topic.audience == "granted")
READ_SECONDS = 20.0

Run = Callable[..., Result]


@pytest.fixture
def run(infrastructure: System) -> Run:
    """`doorpakken integration …` on the system of the session, away from its event loop."""
    folder = str(infrastructure.folder.root)

    def integration(*words: str) -> Result:
        return command("integration", *words, "--data-dir", folder)

    return integration


def variables(block: str) -> dict[str, str]:
    """What a shell would make of the block."""
    lines = [line for line in block.splitlines() if not line.startswith("#")]
    return dict(line.split("=", 1) for line in lines)


def listed(run: Run) -> dict[str, tuple[list[str], int]]:
    """Granted topics and the number of public ones, by name."""
    rows = map(json.loads, run("list").stdout.splitlines())
    return {row["name"]: (row["granted"], row["public"]) for row in rows}


def entry(shown: dict[str, str]) -> Login:
    return Login(shown["KAFKA_BOOTSTRAP"], shown["KAFKA_USERNAME"], shown["KAFKA_PASSWORD"])


async def read_on(consumer: AIOKafkaConsumer) -> None:
    async with asyncio.timeout(READ_SECONDS):
        while True:
            await consumer.getmany(timeout_ms=200)


async def test_what_is_shown_is_ready_to_use(infrastructure: System, run: Run) -> None:
    done = await asyncio.to_thread(run, "add", "shown", "--grant", "wishes-stated")
    assert (done.exit_code, done.stderr) == (0, "")
    shown = variables(done.stdout)
    password = shown.pop("KAFKA_PASSWORD")
    assert len(password) == 32
    assert shown == {
        "KAFKA_BOOTSTRAP": infrastructure.access.kafka.bootstrap,
        "KAFKA_SECURITY_PROTOCOL": "SASL_PLAINTEXT",
        "KAFKA_SASL_MECHANISM": "SCRAM-SHA-512",
        "KAFKA_USERNAME": "ext-shown",
        "KAFKA_GROUP": "ext-shown-1",
        "KAFKA_TOPICS": ",".join(sorted([*PUBLIC, "wishes-stated"])),
    }
    assert (await asyncio.to_thread(listed, run))["shown"] == (["wishes-stated"], len(PUBLIC))
    kept = [*infrastructure.folder.logs.iterdir(), infrastructure.folder.credentials]
    assert [path for path in kept if password in path.read_text()] == []


def test_programs_get_the_same_as_json(infrastructure: System, run: Run) -> None:
    shown = json.loads(run("add", "as-json", "--json").stdout)
    assert shown["KAFKA_USERNAME"] == "ext-as-json"
    assert shown["KAFKA_TOPICS"] == ",".join(PUBLIC)


async def test_who_is_revoked_reads_nothing_more(infrastructure: System, run: Run) -> None:
    shown = variables((await asyncio.to_thread(run, "add", "revoked")).stdout)
    login = entry(shown)
    consumer = AIOKafkaConsumer(
        *PUBLIC, group_id=shown["KAFKA_GROUP"], fetch_max_wait_ms=100, **login.options()
    )
    await consumer.start()
    try:
        await consumer.getmany(timeout_ms=200)
        done = await asyncio.to_thread(run, "revoke", "revoked")
        assert (done.exit_code, done.stdout) == (0, "revoked reads nothing any more.\n")
        # Whichever the client asks for first.
        with pytest.raises((TopicAuthorizationFailedError, GroupAuthorizationFailedError)):
            await read_on(consumer)
    finally:
        await consumer.stop()
    rights = await rights_now(infrastructure.access.kafka)
    assert [right for right in rights if right.user == login.username] == []
    with pytest.raises(AdminRefused, match="refused the user ext-revoked"):
        await ensure_rights(login, [])
    assert "revoked" not in await asyncio.to_thread(listed, run)


def test_who_was_revoked_comes_back_with_another_password(run: Run) -> None:
    first = variables(run("add", "back").stdout)
    assert run("revoke", "back").exit_code == 0
    second = variables(run("add", "back", "--grant", "need-offered").stdout)
    assert first["KAFKA_PASSWORD"] != second["KAFKA_PASSWORD"]
    assert listed(run)["back"] == (["need-offered"], len(PUBLIC))


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("add", "Stadsdeel"), "at most 32 lowercase letters"),
        (("add", "a" * 33), "at most 32 lowercase letters"),
        (("add", "a--b"), "at most 32 lowercase letters"),
        (("add", "curious", "--grant", "person-contact"), f"granted: {', '.join(GRANTABLE)}."),
        (("add", "curious", "--grant", "nonsense"), "nonsense cannot be granted"),
        (("add", "curious", "--grant", "person-erased"), "Public topics need no grant"),
        (("add", "there"), "revoke it first"),
        (("add", "there-too"), "in one another's groups"),
        (("revoke", "curious"), "There is no integration 'curious'"),
    ],
)
def test_a_refusal_is_one_sentence(
    infrastructure: System, run: Run, words: tuple[str, ...], sentence: str
) -> None:
    run("add", "there")
    before = listed(run)
    refused = run(*words)
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert sentence in refused.stderr
    assert len(refused.stderr.splitlines()) == 1
    assert listed(run) == before


async def test_a_topic_that_became_public_is_read_after_the_next_start(
    infrastructure: System,
) -> None:
    access = infrastructure.access
    older = Integration("older", frozenset({*PUBLIC[1:], "need-offered"}))
    await ensure_rights(access.kafka, older.rights())
    passwords = {name: access.credentials.kafka[name] for name in SERVICES}
    await prepare(access.kafka, passwords, partitions=3)
    (found,) = [one for one in await integrations.list_all(access.kafka) if one.name == "older"]
    assert found == Integration("older", frozenset({*PUBLIC, "need-offered"}))
    assert {right for right in await rights_now(access.kafka) if right.user == "ext-older"} == (
        found.rights()
    )


def test_a_kafka_of_your_own_is_named_in_the_environment(
    infrastructure: System, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    admin = infrastructure.access.kafka
    nowhere = ["integration", "list", "--data-dir", str(tmp_path)]
    assert "No system runs on" in command(*nowhere).stderr
    monkeypatch.setenv("KAFKA_BOOTSTRAP", admin.bootstrap)
    assert "KAFKA_USERNAME is not" in command(*nowhere).stderr
    monkeypatch.setenv("KAFKA_USERNAME", admin.username)
    monkeypatch.setenv("KAFKA_PASSWORD", "wrong")
    refused = command(*nowhere)
    assert refused.exit_code == 1
    assert refused.stderr.splitlines() == [
        f"Kafka at {admin.bootstrap} refused the user admin or its password."
    ]
    monkeypatch.setenv("KAFKA_PASSWORD", admin.password)
    assert command(*nowhere).exit_code == 0

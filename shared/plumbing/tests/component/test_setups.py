"""The setups that run before services start elsewhere: run as programs on the real Kafka and
MongoDB, they leave everything ready, say what is wrong in a sentence, and may run again."""

import os
import subprocess
import sys
from collections.abc import Mapping

import pytest
from aiokafka import AIOKafkaProducer
from doorpakken_events.catalogue import SERVICES
from doorpakken_local.system import System
from doorpakken_plumbing.kafka.records import Login
from pydantic import SecretStr
from pymongo import AsyncMongoClient

Environment = dict[str, str]


def for_each(variable: str, passwords: Mapping[str, SecretStr]) -> Environment:
    return {f"{variable}__{name.upper()}": passwords[name].get_secret_value() for name in SERVICES}


@pytest.fixture
def kafka(infrastructure: System) -> Environment:
    """The setup's environment, with the passwords that the services of the session have."""
    access = infrastructure.access
    server = {"KAFKA_BOOTSTRAP": access.kafka.bootstrap, "KAFKA_PASSWORD": access.kafka.password}
    return server | for_each("KAFKA_PASSWORDS", access.credentials.kafka)


@pytest.fixture
def mongodb(infrastructure: System) -> Environment:
    """All databases on the one MongoDB of the session."""
    passwords = infrastructure.access.credentials.mongodb
    host = SecretStr(f"127.0.0.1:{infrastructure.ports.mongod}")
    return {
        "MONGODB_ROOT_PASSWORD": passwords["root"].get_secret_value(),
        **for_each("MONGODB_HOSTS", dict.fromkeys(SERVICES, host)),
        **for_each("MONGODB_PASSWORDS", passwords),
    }


def run(module: str, environment: Environment) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", f"doorpakken_plumbing.{module}"]
    path = {"PATH": os.environ["PATH"]}
    return subprocess.run(
        command, env=path | environment, capture_output=True, text=True, check=False
    )


async def test_a_service_finds_its_topics_users_and_rights(
    infrastructure: System, kafka: Environment
) -> None:
    done = run("kafka.setup", kafka)
    assert (done.returncode, done.stderr) == (0, "")
    password = kafka["KAFKA_PASSWORDS__MATCHING"]
    producer = AIOKafkaProducer(**Login(kafka["KAFKA_BOOTSTRAP"], "matching", password).options())
    await producer.start()
    try:
        assert len(await producer.partitions_for("plan-published")) == 3
    finally:
        await producer.stop()


async def test_a_service_finds_its_database(infrastructure: System, mongodb: Environment) -> None:
    done = run("mongo.setup", mongodb)
    assert (done.returncode, done.stderr) == (0, "")
    uri = infrastructure.access.mongodb_uri("matching")
    async with AsyncMongoClient[dict[str, object]](uri) as client:
        assert (await client["matching"].command("ping"))["ok"] == 1


def test_a_wrong_password_is_a_sentence(kafka: Environment, mongodb: Environment) -> None:
    refused = run("kafka.setup", kafka | {"KAFKA_PASSWORD": "no", "KAFKA_START_SECONDS": "0"})
    assert refused.returncode == 1
    assert "did not let admin in" in refused.stderr.splitlines()[-1]
    refused = run("mongo.setup", mongodb | {"MONGODB_ROOT_PASSWORD": "no"})
    assert refused.returncode == 1
    assert "refused to be set up" in refused.stderr.splitlines()[-1]


@pytest.mark.parametrize("module", ["kafka.setup", "mongo.setup"])
def test_what_is_missing_is_named_and_no_password_shown(
    module: str, kafka: Environment, mongodb: Environment
) -> None:
    given = kafka | mongodb
    left = {name: value for name, value in given.items() if not name.endswith("__MATCHING")}
    refused = run(module, left)
    assert refused.returncode == 1
    assert "must be given for each of" in refused.stderr
    assert "Traceback" not in refused.stderr
    assert [secret for secret in given.values() if secret in refused.stderr] == []

"""What tests share: one Kafka, MongoDB and mailbox for the session, and a place on it for one
service in the test's own process, with its own database and its own topics."""

import os
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest
import pytest_asyncio
from doorpakken_events.catalogue import SERVICES, heard_by, said_by
from doorpakken_local.infrastructure import described
from doorpakken_local.ports import PortTaken, check_free
from doorpakken_local.services import Instance
from doorpakken_local.system import System
from doorpakken_plumbing.kafka.admin import ensure_topics
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from tests.queries.judge import wrong_queries
from tests.queries.seen import Seen, listen

# Below the ports that a machine gives to clients.
FIRST_BASE_PORT = 10_000
LAST_BASE_PORT = 32_000
PORTS_PER_SYSTEM = 100
# Beside the ports of the services that run as processes on the same servers.
FIRST_IN_PROCESS = 90

SEEN = pytest.StashKey[Seen]()

Environment = dict[str, str]
EnvironmentOf = Callable[[str], Awaitable[Environment]]


def pytest_configure(config: pytest.Config) -> None:
    """Every query of the product in this process is seen from here on."""
    config.stash[SEEN] = listen()


def pytest_report_header() -> str:
    """Which servers the session stands on."""
    return f"infrastructure: {described(os.environ)}"


class OneSystem(LoadScopeScheduling):  # type: ignore[misc] # its base has no types
    """Of two workers one has the whole system and all the tests that need it, and begins with them;
    the other has the rest, file by file."""

    def _split_scope(self, nodeid: str) -> str:
        return "system" if needs_system(nodeid) else nodeid.partition("::")[0]


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> OneSystem:
    """How `-n 2` divides the tests."""
    config.option.loadscopereorder = False
    return OneSystem(config, log)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """A worker is given the tests in their order, so that the longest part goes first."""
    if hasattr(config, "workerinput"):
        items.sort(key=lambda item: not needs_system(item.nodeid))


def needs_system(nodeid: str) -> bool:
    """Whether this test looks at all services together."""
    return nodeid.startswith(("tests/e2e/", "tests/fault/"))


def free_base_port() -> int:
    """A base port whose whole range nobody uses."""
    bases = range(FIRST_BASE_PORT, LAST_BASE_PORT, PORTS_PER_SYSTEM)
    # Drawn, so that two sessions that start together do not both find the first range free.
    for base in random.sample(bases, len(bases)):
        try:
            check_free({str(port): port for port in range(base, base + PORTS_PER_SYSTEM)})
        except PortTaken:
            continue
        return base
    raise RuntimeError("no free range of ports on this machine")


@pytest_asyncio.fixture(scope="session")
async def infrastructure(
    tmp_path_factory: pytest.TempPathFactory, pytestconfig: pytest.Config
) -> AsyncIterator[System]:
    """Kafka, MongoDB and the mailbox without any service. At the end each query that was asked in
    this process is explained: one without a fitting index fails the last test."""
    folder: Path = tmp_path_factory.mktemp("infrastructure")
    async with System(folder, free_base_port(), infrastructure_only=True) as system:
        yield system
        if wrong := await wrong_queries(system.access.mongodb_admin_uri, pytestconfig.stash[SEEN]):
            pytest.fail(f"Queries without a fitting index:\n{wrong}", pytrace=False)


@pytest_asyncio.fixture(scope="session")
async def environment_of(
    infrastructure: System, tmp_path_factory: pytest.TempPathFactory
) -> EnvironmentOf:
    """Gives the variables for a service in the test's process: a database and topics of its own,
    so that what one test says is heard by no other."""
    # One for all of them, since a process has one domain time; not that of the system, whose
    # first instances hold the locks in it.
    folder = tmp_path_factory.mktemp("in_process")

    async def make(service: str) -> Environment:
        access, prefix = infrastructure.access, f"{service}-test-"
        topics = {topic.name: topic for topic in (*said_by(service), *heard_by(service))}
        await ensure_topics(access.kafka, topics.values(), partitions=3, topic_prefix=prefix)
        surroundings = infrastructure.surroundings
        port = surroundings.ports.base + FIRST_IN_PROCESS + SERVICES.index(service)
        return surroundings.env(Instance(service, 1, port)) | {
            f"{service.upper()}_URL": f"http://127.0.0.1:{port}",
            "MONGODB_URI": access.mongodb_admin_uri,
            "MONGODB_DATABASE": f"{service}_test",
            "DATA_DIR": str(folder),
            "KAFKA_USERNAME": access.kafka.username,
            "KAFKA_PASSWORD": access.kafka.password,
            "TOPIC_PREFIX": prefix,
            "PARTNERSHIP_PHONE": "020 555 0100",
        }

    return make


@pytest_asyncio.fixture(scope="session")
async def system(infrastructure: System) -> System:
    """The four services on the same Kafka, MongoDB and mailbox, for the tests that look from
    outside; started when the first one asks."""
    await infrastructure.start_services()
    return infrastructure

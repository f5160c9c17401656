"""What keeps a service from its database is a sentence that names the place and no password."""

from pathlib import Path

from doorpakken_local import mongod
from doorpakken_local.ports import LOOPBACK
from doorpakken_local.processes import Part, Processes
from doorpakken_local.system import System, silent
from doorpakken_plumbing.mongo.database import Mongo
from doorpakken_plumbing.settings import Limits

from conftest import free_base_port

IMPATIENT = Limits(mongodb_selection_seconds=0.5)


async def reason(uri: str) -> str | None:
    database = Mongo(uri, "matching", IMPATIENT)
    try:
        return await database.why_not_usable()
    finally:
        database.close()


async def test_a_database_that_is_there_is_no_reason(infrastructure: System) -> None:
    assert await reason(infrastructure.access.mongodb_uri("matching")) is None


async def test_a_wrong_password(infrastructure: System) -> None:
    where = f"{LOOPBACK}:{infrastructure.ports.mongod}"
    told = await reason(f"mongodb://matching:wrong@{where}/matching?authSource=matching")
    assert told == f"MongoDB at {where} refuses this user and password"


async def test_nobody_there() -> None:
    told = await reason(f"mongodb://matching:secret@{LOOPBACK}:9/matching")
    assert told == f"MongoDB at {LOOPBACK}:9 does not answer (ServerSelectionTimeoutError)"


async def test_a_server_that_stands_alone(tmp_path: Path) -> None:
    port, processes = free_base_port(), Processes()
    argv = [str(mongod.binary()), "--dbpath", str(tmp_path), "--port", str(port)]
    part = Part("mongod", [*argv, "--bind_ip", LOOPBACK], tmp_path / "log", 0, ports=[port])
    await processes.start(part).listening()
    told = await reason(f"mongodb://{LOOPBACK}:{port}/matching")
    await processes.stop_all(silent)
    assert told == f"MongoDB at {LOOPBACK}:{port} is standalone: start it with --replSet"

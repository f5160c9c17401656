"""Who sees which database on the real MongoDB, and addresses with and without a login."""

from pathlib import Path

import pytest
from doorpakken_events.catalogue import SERVICES
from doorpakken_local.credentials import make
from doorpakken_local.folder import DataFolder
from doorpakken_local.mongod import Mongod
from doorpakken_local.ports import LOOPBACK
from doorpakken_local.processes import Processes
from doorpakken_local.system import System, silent
from doorpakken_plumbing.mongo import admin as mongo_admin
from doorpakken_plumbing.mongo.admin import (
    MongodNotReady,
    admin_uri,
    ensure_users,
    prepare_replica_set,
    service_uri,
    without_login,
)
from pydantic import SecretStr
from pymongo import AsyncMongoClient
from pymongo.errors import OperationFailure

from conftest import free_base_port


@pytest.mark.parametrize("service", SERVICES)
async def test_a_service_sees_its_own_database_alone(infrastructure: System, service: str) -> None:
    async with AsyncMongoClient[dict[str, object]](
        infrastructure.access.mongodb_uri(service)
    ) as client:
        await client[service]["rights"].insert_one({"_id": 1})
        await client[service]["rights"].drop()
        for other in (*SERVICES, "admin", "local"):
            if other != service:
                with pytest.raises(OperationFailure, match="not authorized"):
                    await client[other]["rights"].find_one({})


async def test_a_set_whose_maker_was_killed_half_way_is_finished(tmp_path: Path) -> None:
    port, processes, folder = free_base_port(), Processes(), DataFolder(tmp_path)
    folder.make()
    mongod = Mongod(folder, port, make())
    mongod.prepare()
    await processes.start(mongod.part()).listening()
    host = f"{LOOPBACK}:{port}"
    member = {"_id": "rs0", "members": [{"_id": 0, "host": host}]}
    async with AsyncMongoClient[dict[str, object]](host, directConnection=True) as nobody:
        await nobody.admin.command("replSetInitiate", member)

    await prepare_replica_set(host, "secret")
    async with AsyncMongoClient[dict[str, object]](admin_uri(host, "secret")) as root:
        assert (await root.admin.command("ping"))["ok"] == 1
    await processes.stop_all(silent)


async def test_who_may_not_make_users_is_told_so(infrastructure: System) -> None:
    owner = infrastructure.access.mongodb_admin_uri
    with pytest.raises(MongodNotReady, match=r"^MongoDB at \S+ refused to make users: Auth"):
        await ensure_users(owner.replace("root:", "root:wrong"), {"matching": SecretStr("s")})


async def test_nobody_to_make_users_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mongo_admin, "SELECTION_MS", 100)
    with pytest.raises(MongodNotReady, match=r"^MongoDB at 127.0.0.1:9 does not answer"):
        await ensure_users("mongodb://root:secret@127.0.0.1:9/", {"matching": SecretStr("s")})


def test_a_service_gets_the_servers_and_options_of_its_owner() -> None:
    owner = "mongodb://root:pw@a.example:1,b.example:2/?authSource=admin&replicaSet=rs0"
    assert (
        service_uri(owner, "matching", SecretStr("s"))
        == "mongodb://matching:s@a.example:1,b.example:2/matching?authSource=matching&replicaSet=rs0"
    )
    assert without_login(owner) == owner.replace("root:pw@", "")

"""Sets up a replica set of one, its root, and a user per service with access to one database.
Safe to run at every start."""

import asyncio
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlencode, urlsplit, urlunsplit

from pydantic import SecretStr
from pymongo import AsyncMongoClient
from pymongo.errors import AutoReconnect, ConfigurationError, ConnectionFailure, OperationFailure

REPLICA_SET = "rs0"
START_SECONDS = 30.0
POLL_SECONDS = 0.05
SELECTION_MS = 10_000
AUTHENTICATION_FAILED = 18
ALREADY_INITIALIZED = 23
NOT_YET_INITIALIZED = 94
USER_EXISTS = 51003

Client = AsyncMongoClient[dict[str, Any]]


class MongodNotReady(Exception):
    """MongoDB did not become usable in time."""


async def prepare_replica_set(host: str, root_password: str) -> None:
    """Initiates the set and creates root at the first boot; renames the member if its address
    changed. Raises MongodNotReady."""
    with _refusals_told(host, "to be set up"):
        await _prepare(host, {"username": "root", "password": root_password})


async def _prepare(host: str, login: Mapping[str, str]) -> None:
    async with _direct(host, serverSelectionTimeoutMS=1000) as nobody:
        await _wait(nobody)
        if not await _may_enter(host, login):
            await _initiate(nobody, host)
            await _wait_for_primary(nobody)
            await nobody.admin.command("createUser", "root", pwd=login["password"], roles=["root"])
    async with _direct(host, **login) as root:
        await _name_member(root, host)
        await _wait_for_primary(root)


async def ensure_users(admin_uri: str, passwords: Mapping[str, SecretStr]) -> None:
    """Each service gets readWrite on the database of its own name, nothing else. Raises
    MongodNotReady when the server does not answer or refuses the login."""
    owner = _owner(admin_uri)
    hosts = urlsplit(admin_uri).netloc.rpartition("@")[2]
    try:
        with _refusals_told(hosts, "to make users"):
            async with owner as admin:
                for service, password in passwords.items():
                    await _ensure_user(admin, service, password.get_secret_value())
    except ConnectionFailure as error:
        raise MongodNotReady(f"MongoDB at {hosts} does not answer, or has no primary.") from error


def admin_uri(host: str, root_password: str) -> str:
    return f"mongodb://root:{root_password}@{host}/?authSource=admin&replicaSet={REPLICA_SET}"


def service_uri(admin_uri: str, service: str, password: SecretStr) -> str:
    """The same servers and options, with the service's own user and database."""
    parts = urlsplit(admin_uri)
    hosts = parts.netloc.rpartition("@")[2]
    options = [pair for pair in parts.query.split("&") if pair and "authSource" not in pair]
    query = "&".join([urlencode({"authSource": service}), *options])
    login = f"{service}:{password.get_secret_value()}"
    return urlunsplit((parts.scheme, f"{login}@{hosts}", f"/{service}", query, ""))


def without_login(uri: str) -> str:
    parts = urlsplit(uri)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))


@contextmanager
def _refusals_told(hosts: str, what: str) -> Iterator[None]:
    try:
        yield
    except OperationFailure as error:
        why = (error.details or {}).get("errmsg", error.code)
        raise MongodNotReady(f"MongoDB at {hosts} refused {what}: {why}") from error


def _owner(uri: str) -> Client:
    try:
        return AsyncMongoClient(uri, serverSelectionTimeoutMS=SELECTION_MS)
    except (ConfigurationError, ValueError) as error:
        raise MongodNotReady(
            "MONGODB_URI cannot be read; it looks like mongodb://user:password@host:27017/."
        ) from error


def _direct(host: str, **options: Any) -> Client:
    usual = {"directConnection": True, "serverSelectionTimeoutMS": SELECTION_MS}
    return AsyncMongoClient(host, **(usual | options))


async def _wait(client: Client) -> None:
    for _ in range(int(START_SECONDS / POLL_SECONDS)):
        try:
            await client.admin.command("hello")
        except AutoReconnect:
            await asyncio.sleep(POLL_SECONDS)
        else:
            return
    raise MongodNotReady(f"MongoDB did not answer within {START_SECONDS:.0f} s.")


async def _wait_for_primary(client: Client) -> None:
    for _ in range(int(START_SECONDS / POLL_SECONDS)):
        if (await client.admin.command("hello")).get("isWritablePrimary"):
            return
        await asyncio.sleep(POLL_SECONDS)
    raise MongodNotReady(f"MongoDB took no writes within {START_SECONDS:.0f} s.")


async def _may_enter(host: str, login: Mapping[str, str]) -> bool:
    # A separate client: one that was refused waits before it connects again.
    try:
        async with _direct(host, **login) as root:
            await root.admin.command("ping")
    except OperationFailure as error:
        if error.code == AUTHENTICATION_FAILED:
            return False
        raise
    return True


async def _initiate(client: Client, host: str) -> None:
    # The set may exist: an earlier run may have been killed before it created root.
    try:
        await client.admin.command("replSetInitiate", _set_of(host))
    except OperationFailure as error:
        if error.code != ALREADY_INITIALIZED:
            raise


async def _name_member(root: Client, host: str) -> None:
    # The set knows its member by host and port, but a data folder may start on another port.
    try:
        config = (await root.admin.command("replSetGetConfig"))["config"]
    except OperationFailure as error:
        if error.code != NOT_YET_INITIALIZED:
            raise
        # A container creates root before the set is initiated.
        await _initiate(root, host)
        return
    if config["members"][0]["host"] != host:
        changed = {**_set_of(host), "version": config["version"] + 1}
        await root.admin.command("replSetReconfig", changed, force=True)


def _set_of(host: str) -> dict[str, Any]:
    return {"_id": REPLICA_SET, "members": [{"_id": 0, "host": host}]}


async def _ensure_user(admin: Client, service: str, password: str) -> None:
    roles = [{"role": "readWrite", "db": service}]
    try:
        await admin[service].command("createUser", service, pwd=password, roles=roles)
    except OperationFailure as error:
        if error.code != USER_EXISTS:
            raise
        await admin[service].command("updateUser", service, pwd=password, roles=roles)

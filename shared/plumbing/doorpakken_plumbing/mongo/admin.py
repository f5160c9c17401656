"""Makes a replica set of one, its root, and a user per service who sees one database alone.
Refuses nothing that was made before: it runs at every start."""

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
    """Make the set and its root at the first boot; name its member anew where that has moved.
    Raises MongodNotReady."""
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
    """Give each service its user: readWrite on the database of its own name, nothing else.
    Raises MongodNotReady where the server is away, or the owner is not let in."""
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
    """How root reaches a replica set of one."""
    return f"mongodb://root:{root_password}@{host}/?authSource=admin&replicaSet={REPLICA_SET}"


def service_uri(admin_uri: str, service: str, password: SecretStr) -> str:
    """The address a service uses: the same servers and options, its own user and database."""
    parts = urlsplit(admin_uri)
    hosts = parts.netloc.rpartition("@")[2]
    options = [pair for pair in parts.query.split("&") if pair and "authSource" not in pair]
    query = "&".join([urlencode({"authSource": service}), *options])
    login = f"{service}:{password.get_secret_value()}"
    return urlunsplit((parts.scheme, f"{login}@{hosts}", f"/{service}", query, ""))


def without_login(uri: str) -> str:
    """The same address, with nobody's password in it."""
    parts = urlsplit(uri)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))


@contextmanager
def _refusals_told(hosts: str, what: str) -> Iterator[None]:
    """What the server refused, as a sentence."""
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
    """Asked by a client of its own: one that was refused waits before it connects again."""
    try:
        async with _direct(host, **login) as root:
            await root.admin.command("ping")
    except OperationFailure as error:
        if error.code == AUTHENTICATION_FAILED:
            return False
        raise
    return True


async def _initiate(client: Client, host: str) -> None:
    """Whoever did so before may have been killed before there was a root."""
    try:
        await client.admin.command("replSetInitiate", _set_of(host))
    except OperationFailure as error:
        if error.code != ALREADY_INITIALIZED:
            raise


async def _name_member(root: Client, host: str) -> None:
    """A folder may be started on another port: the set knows its member by host and port."""
    try:
        config = (await root.admin.command("replSetGetConfig"))["config"]
    except OperationFailure as error:
        if error.code != NOT_YET_INITIALIZED:
            raise
        # A container makes its root before it is a member of any set.
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

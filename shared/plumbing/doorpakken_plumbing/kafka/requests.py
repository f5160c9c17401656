"""Kafka requests without a public call in the client library: several rights at once, and users.
Passwords are sent only salted and hashed."""

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from aiokafka.protocol.admin import CreateAclsRequest_v1
from aiokafka.protocol.api import Request, RequestStruct, Response
from aiokafka.protocol.types import (
    CompactArray,
    CompactBytes,
    CompactString,
    Int8,
    Int16,
    Int32,
    Schema,
    TaggedFields,
)

# Protocol constants (org.apache.kafka.common.acl and .resource).
ANY, TOPIC, GROUP = 1, 2, 3
LITERAL, PREFIXED = 3, 4
READ, WRITE = 3, 4
ALLOW = 3
EVERY_HOST = "*"
SCRAM_SHA_512 = 2
SCRAM_ITERATIONS = 4096
SALT_BYTES = 16


@dataclass(frozen=True, order=True)
class Right:
    """One permission of one user; reading and writing include describing the topic."""

    user: str
    resource: int
    name: str
    pattern: int
    operation: int


class CreateRights(Request[CreateAclsRequest_v1]):  # type: ignore[misc]  # aiokafka has no types
    """Several rights in one request; the library's own takes one, and each is a write to disk."""

    API_KEY = 30

    def __init__(self, rights: Sequence[Right]) -> None:
        self._rights = rights

    def build(self, request_struct_class: type[CreateAclsRequest_v1]) -> CreateAclsRequest_v1:
        return request_struct_class(
            [
                (
                    right.resource,
                    right.name,
                    right.pattern,
                    f"User:{right.user}",
                    EVERY_HOST,
                    right.operation,
                    ALLOW,
                )
                for right in self._rights
            ]
        )


# AlterUserScramCredentials (51), its only version: the library has no request for users yet.


class AlterUsersAnswer(Response):  # type: ignore[misc]  # aiokafka has no types
    """The result per user."""

    API_KEY = 51
    API_VERSION = 0
    SCHEMA = Schema(
        ("throttle_time_ms", Int32),
        (
            "results",
            CompactArray(
                ("user", CompactString("utf-8")),
                ("error_code", Int16),
                ("error_message", CompactString("utf-8")),
                ("tags", TaggedFields),
            ),
        ),
        ("tags", TaggedFields),
    )


class AlterUsersStruct(RequestStruct):  # type: ignore[misc]  # aiokafka has no types
    """Users to remove and users to make or change."""

    API_KEY = 51
    API_VERSION = 0
    RESPONSE_TYPE = AlterUsersAnswer
    FLEXIBLE_VERSION = True
    SCHEMA = Schema(
        (
            "deletions",
            CompactArray(
                ("name", CompactString("utf-8")), ("mechanism", Int8), ("tags", TaggedFields)
            ),
        ),
        (
            "upsertions",
            CompactArray(
                ("name", CompactString("utf-8")),
                ("mechanism", Int8),
                ("iterations", Int32),
                ("salt", CompactBytes),
                ("salted_password", CompactBytes),
                ("tags", TaggedFields),
            ),
        ),
        ("tags", TaggedFields),
    )


class AlterUsers(Request[AlterUsersStruct]):  # type: ignore[misc]  # aiokafka has no types
    """Sets passwords and removes users; only salted passwords leave this program."""

    API_KEY = 51

    def __init__(self, passwords: Mapping[str, str], removed: Sequence[str] = ()) -> None:
        self._passwords = passwords
        self._removed = removed

    def build(self, request_struct_class: type[AlterUsersStruct]) -> AlterUsersStruct:
        rows: list[tuple[Any, ...]] = []
        for user, password in self._passwords.items():
            salt, salted = salted_password(password)
            rows.append((user, SCRAM_SHA_512, SCRAM_ITERATIONS, salt, salted, {}))
        removed: list[tuple[Any, ...]] = [(user, SCRAM_SHA_512, {}) for user in self._removed]
        return request_struct_class(removed, rows, {})


def salted_password(password: str) -> tuple[bytes, bytes]:
    """A new salt, and the password as a broker stores it (SCRAM-SHA-512)."""
    salt = secrets.token_bytes(SALT_BYTES)
    return salt, hashlib.pbkdf2_hmac("sha512", password.encode(), salt, SCRAM_ITERATIONS)

"""Passwords of staff: Argon2id hashes, computed in a thread because each takes a while."""

import asyncio
import secrets
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error

PASSWORD_LENGTH_MIN = 12
PASSWORD_LENGTH_MAX = 200

_hasher = PasswordHasher()


async def hash_of(password: str) -> str:
    return await asyncio.to_thread(_hasher.hash, password)


async def fits(known_hash: str | None, password: str) -> bool:
    """Takes as long without a hash, so that timing does not tell who is staff."""
    return await asyncio.to_thread(_fits, known_hash, password)


def _fits(known_hash: str | None, password: str) -> bool:
    try:
        return _hasher.verify(known_hash or _nobodys_hash(), password)
    except Argon2Error:
        return False


@cache
def _nobodys_hash() -> str:
    return _hasher.hash(secrets.token_hex(32))

"""Identifies the machine that a request comes from, for limits and keys.
Trusts nothing in the request itself; only the server's own proxies are believed (`serve.py`)."""

from functools import lru_cache
from ipaddress import IPv6Address, ip_address, ip_network

from starlette.requests import HTTPConnection

# The least that one subscriber is given: whoever has one address of it has all of them.
IPV6_PREFIX = 64


def address_of(request: HTTPConnection) -> str:
    """The peer's address, or the one our proxy forwards; empty where there is none."""
    return request.client.host if request.client else ""


def client_of(request: HTTPConnection) -> str:
    return _named(address_of(request))


@lru_cache(maxsize=10_000)
def _named(address: str) -> str:
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(found, IPv6Address):
        if found.ipv4_mapped is None:
            return str(ip_network((found, IPV6_PREFIX), strict=False))
        found = found.ipv4_mapped
    return str(found)

"""From which machine a request comes, as far as limits and keys tell machines apart.
Refuses to believe what a request says of itself: only the server's own proxies are (`serve.py`)."""

from functools import lru_cache
from ipaddress import IPv6Address, ip_address, ip_network

from starlette.requests import HTTPConnection

# What one subscriber is given at least: whoever has one address of it has all of them.
IPV6_PREFIX = 64


def address_of(request: HTTPConnection) -> str:
    """The address on the other end, or of whom our proxy asks for; empty where there is none."""
    return request.client.host if request.client else ""


def client_of(request: HTTPConnection) -> str:
    """A name for the machine: its address, or of IPv6 the network that one subscriber has."""
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

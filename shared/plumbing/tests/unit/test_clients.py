"""A machine has one name, however its address is written and whichever of its addresses it uses."""

import pytest
from doorpakken_plumbing.identity.clients import client_of
from starlette.requests import Request


def seen(host: str | None) -> str:
    client = (host, 40000) if host is not None else None
    return client_of(Request({"type": "http", "client": client, "headers": []}))


@pytest.mark.parametrize(
    ("host", "name"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("::ffff:203.0.113.9", "203.0.113.9"),
        ("::FFFF:cb00:7109", "203.0.113.9"),
        ("2001:db8:0:7::1", "2001:db8:0:7::/64"),
        ("2001:DB8:0:7:ffff:ffff:ffff:ffff", "2001:db8:0:7::/64"),
        ("2001:db8:0:8::1", "2001:db8:0:8::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("testclient", "testclient"),
        (None, ""),
    ],
)
def test_its_name(host: str | None, name: str) -> None:
    assert seen(host) == name

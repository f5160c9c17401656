"""A visitor reads the language they chose, else the one their browser asks for, else Dutch."""

import pytest
from doorpakken_pages import language_of
from starlette.requests import Request


def request_with(query: str = "", cookie: str = "", accept: str = "") -> Request:
    headers = [(b"cookie", cookie.encode()), (b"accept-language", accept.encode())]
    return Request({"type": "http", "headers": headers, "query_string": query.encode()})


@pytest.mark.parametrize(
    ("query", "cookie", "accept", "language"),
    [
        ("", "", "", "nl"),
        ("", "", "en-GB,en;q=0.9,nl;q=0.8", "en"),
        ("", "", "fr, nl;q=0.4, en;q=0.5", "en"),
        ("", "", "en;q=0, de", "nl"),
        ("", "", "en;q=many", "nl"),
        ("", "language=nl", "en", "nl"),
        ("lang=en", "language=nl", "nl", "en"),
        ("lang=fr", "language=en", "nl", "en"),
    ],
)
def test_choice_of_language(query: str, cookie: str, accept: str, language: str) -> None:
    assert language_of(request_with(query, cookie, accept)) == language

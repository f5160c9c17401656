"""What `doorpakken status` says of what it found."""

from typing import Any

from doorpakken_local.commands import status
from rich.console import Console


def shown(missing: list[str]) -> str:
    figures = {"pending": 0, "lag": 0, "parked": 0, "settings_missing": missing}
    part: dict[str, Any] = {"name": "registration", "pid": 1, "state": "ready", "figures": figures}
    looked = {
        "parts": [part],
        "urls": {"registration": "http://127.0.0.1:8401"},
        "settings_missing": status.settings_missing([part, {"name": "kafka", "state": "ready"}]),
        "data_dir": "/data",
        "domain_time": "2023-10-06T09:00:00Z",
        "versions": {"doorpakken": "0.1.0"},
    }
    console = Console(record=True, width=200)
    status.show(looked, console)
    return console.export_text()


def test_what_is_not_set_of_the_partnership_is_named() -> None:
    text = shown(["PARTNERSHIP_PHONE", "PRIVACY_URL"])
    assert "Not set, so pages and mails do not show it: PARTNERSHIP_PHONE, PRIVACY_URL." in text


def test_nothing_is_said_when_all_is_set() -> None:
    assert "Not set" not in shown([])

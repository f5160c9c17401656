"""A service says at start what it was not told, and never shows its secrets."""

from collections.abc import Callable
from pathlib import Path

import pytest
from doorpakken_plumbing.settings import ServiceSettings
from pydantic import ValidationError

Make = Callable[..., ServiceSettings]


def test_database_and_kafka_user_are_named_after_the_service(make_settings: Make) -> None:
    settings = make_settings(service="matching")
    assert (settings.mongodb_database, settings.kafka_username) == ("matching", "matching")


def test_environment_wins_over_defaults(
    make_settings: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANE_LIMIT", "7")
    monkeypatch.setenv("INSTANCE", "b")
    settings = make_settings()
    assert (settings.lane_limit, settings.instance) == (7, "b")


def test_addresses_lose_their_trailing_slash(make_settings: Make) -> None:
    settings = make_settings(registration_url="https://doorpakken.example/registration/")
    assert settings.public_url == "https://doorpakken.example/registration"


@pytest.mark.parametrize("url", ["doorpakken.example", "ftp://doorpakken.example", "http://"])
def test_an_address_that_is_none_is_refused(make_settings: Make, url: str) -> None:
    with pytest.raises(ValidationError, match="absolute address"):
        make_settings(matching_url=url)


@pytest.mark.parametrize("name", ["../etc", "A", "", "x" * 33])
def test_an_instance_name_fits_in_a_file_name(make_settings: Make, name: str) -> None:
    with pytest.raises(ValidationError):
        make_settings(instance=name)


@pytest.mark.parametrize(
    ("url", "secure"),
    [("http://127.0.0.1:8401", False), ("http://localhost", False), ("https://a.example", True)],
)
def test_cookies_are_secure_except_on_loopback(make_settings: Make, url: str, secure: bool) -> None:
    assert make_settings(registration_url=url).secure_cookies is secure


def test_files_of_two_instances_do_not_meet(make_settings: Make, tmp_path: Path) -> None:
    one, two = make_settings(instance="1"), make_settings(instance="2")
    assert one.clock_file == two.clock_file == tmp_path / "clock"
    assert one.span_file != two.span_file
    assert one.lock_file != two.lock_file


def test_topics_carry_the_prefix(make_settings: Make) -> None:
    assert make_settings(topic_prefix="trial.").topic("pitch-submitted") == "trial.pitch-submitted"


def test_secrets_are_not_shown(make_settings: Make) -> None:
    settings = make_settings(kafka_password="geheim", mongodb_uri="mongodb://u:geheim@h/")
    assert "geheim" not in repr(settings)


def test_settings_do_not_change_while_running(make_settings: Make) -> None:
    with pytest.raises(ValidationError, match="frozen"):
        make_settings().lane_limit = 5  # type: ignore[misc]


def test_no_proxy_is_trusted_unless_named(make_settings: Make) -> None:
    assert make_settings().trusted_proxies == ""
    assert make_settings(trusted_proxies="10.1.2.3, fd00::/8").trusted_proxies


@pytest.mark.parametrize("proxies", ["*", "proxy", "0.0.0.0/0", "10.1.2.3,::/0"])
def test_a_proxy_is_an_address_and_never_everybody(make_settings: Make, proxies: str) -> None:
    with pytest.raises(ValidationError, match="trusted_proxies"):
        make_settings(trusted_proxies=proxies)


def test_what_cannot_be_read_is_not_quoted(make_settings: Make) -> None:
    with pytest.raises(ValidationError) as refused:
        make_settings(kafka_password=["geheim"])
    assert "geheim" not in str(refused.value)

"""The file of secrets for compose: complete, for its owner alone, and never written over."""

import stat
from pathlib import Path

import pytest
from doorpakken_local.cli import app
from doorpakken_local.commands.compose_env import variables, write
from doorpakken_local.credentials import make
from doorpakken_local.public_address import NoAddress
from typer.testing import CliRunner

from deploy.docker.tests.composed import ROOT, demanded


def read(file: Path) -> dict[str, str]:
    lines = [line for line in file.read_text().splitlines() if not line.startswith("#")]
    return {name: value.strip("'") for name, _, value in (line.partition("=") for line in lines)}


def test_it_has_what_compose_demands_and_nothing_else(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    write(file, "http://localhost:8080")
    assert read(file).keys() == demanded()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_every_value_can_stand_in_single_quotes() -> None:
    values = variables(make(), "http://localhost:8080").values()
    assert [value for value in values if "'" in value or "\n" in value or not value] == []


def test_the_example_names_all_that_is_demanded() -> None:
    example = (ROOT / ".env.example").read_text()
    assert [name for name in sorted(demanded()) if name not in example] == []


def test_a_file_that_is_there_stays(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("mine")
    done = CliRunner().invoke(app, ["compose-env", "--file", str(file)])
    assert done.exit_code == 1
    assert file.read_text() == "mine"


def test_no_secret_is_printed(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    done = CliRunner().invoke(app, ["compose-env", "--file", str(file)])
    assert done.exit_code == 0
    secrets = [value for name, value in read(file).items() if "PASSWORD" in name or "KEY" in name]
    assert [secret for secret in secrets if secret in done.output] == []


@pytest.mark.parametrize(
    ("url", "http_port", "https_port"),
    [
        ("http://localhost:8080", "8080", "8443"),
        ("http://a.example/", "80", "8443"),
        ("https://a.example", "80", "443"),
        ("https://a.example:8443/", "80", "8443"),
    ],
)
def test_ports_follow_from_the_address(url: str, http_port: str, https_port: str) -> None:
    made = variables(make(), url)
    assert made["PUBLIC_URL"] == url.rstrip("/")
    assert (made["HTTP_PORT"], made["HTTPS_PORT"]) == (http_port, https_port)


@pytest.mark.parametrize("url", ["a.example", "ftp://a.example", "https://a.example/registration"])
def test_an_address_is_a_scheme_and_a_host(tmp_path: Path, url: str) -> None:
    with pytest.raises(NoAddress, match="not an address"):
        write(tmp_path / ".env", url)

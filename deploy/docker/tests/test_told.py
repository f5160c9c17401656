"""What containers are told: only what somebody reads, all that is required, and the same as on one
machine without Docker."""

from importlib import import_module
from pathlib import Path

import pytest
from doorpakken_events.catalogue import SERVICES
from doorpakken_local import credentials
from doorpakken_local.folder import DataFolder
from doorpakken_local.infrastructure import Access
from doorpakken_local.ports import Ports
from doorpakken_local.services import Instance, Surroundings
from doorpakken_plumbing.kafka.records import Login
from doorpakken_plumbing.kafka.setup import KafkaSetup
from doorpakken_plumbing.mongo.setup import MongoSetup
from doorpakken_plumbing.settings import ServiceSettings
from pydantic_settings import BaseSettings

from deploy.docker.tests.composed import URL, environment, image_environment, made_variables, raw

SETTINGS: dict[str, type[ServiceSettings]] = {
    name: import_module(f"doorpakken_{name}.settings").Settings for name in SERVICES
}
READERS: dict[str, type[BaseSettings]] = {
    **SETTINGS,
    "kafka-setup": KafkaSetup,
    "mongodb-setup": MongoSetup,
}
# What the image says to the shell and to Python.
OF_THE_IMAGE = {"PATH", "PACKAGE", "PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED"}


@pytest.fixture
def only(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """An environment with nothing in it."""
    monkeypatch.setattr("os.environ", {})
    return monkeypatch


def told(name: str) -> dict[str, str]:
    own = image_environment() if name in SERVICES else {}
    return own | environment(name, made_variables())


@pytest.mark.parametrize("name", READERS)
def test_a_container_is_told_nothing_that_nobody_reads(name: str) -> None:
    given = raw()["services"][name]["environment"].keys() | (told(name).keys() - OF_THE_IMAGE)
    read = READERS[name].model_fields.keys()
    assert {one for one in given if one.split("__")[0].lower() not in read} == set()


@pytest.mark.parametrize("name", READERS)
def test_a_container_is_told_all_it_needs(name: str, only: pytest.MonkeyPatch) -> None:
    for variable, value in told(name).items():
        only.setenv(variable, value)
    READERS[name]()


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_is_told_what_it_is_told_without_docker(name: str, tmp_path: Path) -> None:
    folder, made = DataFolder(tmp_path), credentials.make()
    access = Access(Login("", "", ""), "mongodb://root@x/", "smtp://x", None, made)
    embedded = Surroundings(folder, Ports(), made, access, {}).env(Instance(name, 1, 0))
    assert embedded.keys() - told(name).keys() == set()
    assert told(name)["ENVIRONMENT"] == "production"


@pytest.mark.parametrize("name", SERVICES)
def test_all_pages_have_one_origin(name: str, only: pytest.MonkeyPatch) -> None:
    for variable, value in told(name).items():
        only.setenv(variable, value)
    settings = SETTINGS[name]()
    assert settings.registration_url == URL
    below = [f"{URL}/{one}" for one in SERVICES if one != "registration"]
    assert sorted(settings.public_urls) == sorted([URL, *below])
    assert settings.secure_cookies


def test_what_is_optional_is_passed_on() -> None:
    given = made_variables() | {"MAIL_FROM": "a@b.example", "SMTP_URL": "smtps://c.example"}
    assert environment("notification", given)["MAIL_FROM"] == "a@b.example"
    assert environment("notification", given)["SMTP_URL"] == "smtps://c.example"
    assert told("notification")["SMTP_URL"] == "smtp://mailpit:1025"

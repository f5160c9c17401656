"""docker-compose.yml: valid, guarded, pinned, and without a secret of its own."""

import re
import subprocess
import sys
from ipaddress import ip_address, ip_network
from pathlib import Path
from typing import Any

import pytest
import yaml
from doorpakken_events.catalogue import SERVICES
from doorpakken_local.containers import KAFKA_IMAGE, MONGODB_IMAGE
from doorpakken_local.kafka import SERVERS, SETTINGS
from doorpakken_plumbing.mongo.admin import REPLICA_SET

from deploy.docker.tests.composed import (
    CADDYFILE,
    COMPOSE,
    ROOT,
    URL,
    environment,
    made_variables,
    raw,
    services,
)

NAMES = list(raw()["services"])
SECRET = re.compile(r"PASSWORD|KEY|SCRAM|URI")
LOOPBACK = "127.0.0.1:"


def service(name: str) -> dict[str, Any]:
    return services(made_variables())[name]


def test_it_follows_the_compose_specification() -> None:
    checker = Path(sys.executable).with_name("check-jsonschema")
    command = [str(checker), "--builtin-schema", "vendor.compose-spec", str(COMPOSE)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("name", NAMES)
def test_a_container_is_guarded(name: str) -> None:
    found = service(name)
    assert found["read_only"] is True
    assert found["cap_drop"] == ["ALL"]
    assert found["security_opt"] == ["no-new-privileges:true"]
    # Ports below 1024.
    assert found.get("cap_add", []) == (["NET_BIND_SERVICE"] if name == "proxy" else [])


@pytest.mark.parametrize("name", NAMES)
def test_an_image_is_pinned_or_ours(name: str) -> None:
    found = service(name)
    if "build" in found:
        wanted = found["build"]["args"]["SERVICE"]
        assert found["image"] == f"doorpakken-{wanted}"
        assert wanted == (name if name in SERVICES else "registration")
    else:
        assert re.fullmatch(r"[\w./-]+:v?\d+\.\d+\.\d+(-alpine)?", found["image"])


def test_servers_are_of_the_versions_that_tests_use() -> None:
    assert service("kafka")["image"] == KAFKA_IMAGE
    assert {service(f"{name}-mongodb")["image"] for name in SERVICES} == {MONGODB_IMAGE}


@pytest.mark.parametrize("name", NAMES)
def test_only_the_proxy_is_reached_from_elsewhere(name: str) -> None:
    open_ports = [one for one in service(name).get("ports", []) if not one.startswith(LOOPBACK)]
    assert open_ports == (["80:80", "443:443"] if name == "proxy" else [])


@pytest.mark.parametrize("name", NAMES)
def test_no_secret_stands_in_the_file(name: str) -> None:
    told = raw()["services"][name].get("environment", {})
    secrets = {key: value or "" for key, value in told.items() if SECRET.search(key)}
    without = {key: re.sub(r"\$\{[^}]*\}", "…", value) for key, value in secrets.items()}
    allowed = {"…", f"mongodb://{name}:…@{name}-mongodb:27017/{name}?{options(name)}"}
    assert set(without.values()) <= allowed


def options(name: str) -> str:
    return f"authSource={name}&replicaSet={REPLICA_SET}"


@pytest.mark.parametrize("name", ["kafka", *(f"{service}-mongodb" for service in SERVICES)])
def test_a_server_runs_with_the_settings_of_the_embedded_one(name: str) -> None:
    found = service(name)
    mounted = {one.split(":")[1]: ROOT / one.split(":")[0] for one in found["volumes"]}
    assert mounted["/doorpakken"] == SERVERS
    shell, script = found["entrypoint"]
    assert shell == "bash"
    assert (SERVERS / Path(script).name).is_file()
    assert yaml.safe_load((SERVERS / "mongod.conf").read_text())["replication"]["replSetName"] == (
        REPLICA_SET
    )


def test_kafka_is_told_all_that_its_settings_take_from_the_environment() -> None:
    started = SETTINGS.read_text() + (SERVERS / "kafka.sh").read_text()
    asked = {*re.findall(r"\$\{env:(\w+)\}", started), *re.findall(r' "\$\{(\w+)', started)}
    told = environment("kafka", made_variables()).keys()
    assert asked == told - {"KAFKA_HEAP_OPTS"}


def test_the_proxy_alone_is_believed_and_has_its_address_for_itself() -> None:
    address = service("proxy")["networks"]["front"]["ipv4_address"]
    for name in SERVICES:
        assert environment(name, made_variables())["TRUSTED_PROXIES"] == address
    (subnet,) = raw()["networks"]["front"]["ipam"]["config"]
    assert ip_address(address) in ip_network(subnet["subnet"])
    assert ip_address(address) not in ip_network(subnet["ip_range"])


def test_servers_are_on_the_inner_network_alone() -> None:
    assert raw()["networks"]["back"]["internal"] is True
    for name in ["kafka", *(f"{service}-mongodb" for service in SERVICES)]:
        assert service(name)["networks"] == ["back"]


def test_the_proxy_leads_to_every_service_where_its_pages_say_they_are() -> None:
    text = CADDYFILE.read_text()
    routes = dict(re.findall(r"handle_path (/\w+)/\* \{\s+reverse_proxy (\w+):8000", text))
    (rest,) = re.findall(r"handle \{\s+reverse_proxy (\w+):8000", text)
    told = environment("reporting", made_variables())
    expected = {told[f"{name.upper()}_URL"].removeprefix(URL): name for name in SERVICES}
    assert routes | {"": rest} == expected

"""docker-compose.yml and the Dockerfile as they are read here, without Docker.
Refuses a compose file that asks for a variable nobody gives."""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from doorpakken_local import credentials
from doorpakken_local.commands import compose_env

ROOT = Path(__file__).parents[3]
COMPOSE = ROOT / "docker-compose.yml"
DOCKERFILE = ROOT / "deploy/docker/service.Dockerfile"
CADDYFILE = ROOT / "deploy/docker/Caddyfile"
URL = "https://doorpakken.example"

# ${NAME}, ${NAME:?what to do} and ${NAME:-default}
ASKED = re.compile(r"\$\{(?P<name>\w+)(?::(?P<kind>[?-])(?P<word>[^}]*))?\}")

Variables = Mapping[str, str]


def raw() -> dict[str, Any]:
    """The file as it is written."""
    read: dict[str, Any] = yaml.safe_load(COMPOSE.read_text())
    return read


def made_variables() -> dict[str, str]:
    """What `make compose-env` would write."""
    return compose_env.variables(credentials.make(), URL)


def services(variables: Variables) -> dict[str, dict[str, Any]]:
    """The services with these variables filled in."""
    # The values are filled in after the YAML is read, as compose does: some are JSON.
    filled: dict[str, dict[str, Any]] = {
        name: _filled(service, variables) for name, service in raw()["services"].items()
    }
    return filled


def environment(name: str, variables: Variables) -> dict[str, str]:
    """What the container is told; a name without a value is passed on where it is set."""
    told = services(variables)[name].get("environment", {})
    passed = {key: variables.get(key) if value is None else value for key, value in told.items()}
    return {key: value for key, value in passed.items() if value is not None}


def image_environment() -> dict[str, str]:
    """What the image of a service says itself, in its last stage."""
    last = DOCKERFILE.read_text().rsplit("FROM ", 1)[1].replace("\\\n", " ")
    lines = re.findall(r"^ENV (.*)$", last, re.MULTILINE)
    return dict(re.findall(r"(\w+)=(\S+)", " ".join(lines)))


def demanded() -> set[str]:
    """The variables that compose does not start without."""
    found = ASKED.finditer(json.dumps(raw()))
    return {one["name"] for one in found if one["kind"] != "-"}


def _filled(value: Any, variables: Variables) -> Any:
    if isinstance(value, str):
        return ASKED.sub(lambda found: _value(found, variables), value).replace("$$", "$")
    if isinstance(value, dict):
        return {key: _filled(one, variables) for key, one in value.items()}
    if isinstance(value, list):
        return [_filled(one, variables) for one in value]
    return value


def _value(found: re.Match[str], variables: Variables) -> str:
    if found["kind"] == "-":
        return variables.get(found["name"]) or found["word"]
    return variables[found["name"]]

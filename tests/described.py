"""Holds what a service answers to what its OpenAPI description says."""

import re
from typing import Any

import httpx

Json = dict[str, Any]
NAME = re.compile(r"[a-zA-Z0-9._-]+")
PARAMETER = re.compile(r"\{[^}]+\}")


def misnamed(described: Json) -> list[str]:
    """Components whose name the OpenAPI specification does not allow."""
    return [
        f"{kind}: {name}"
        for kind, named in described["components"].items()
        for name in named
        if not NAME.fullmatch(name)
    ]


def shapeless(described: Json) -> list[str]:
    """Operations that do not say what their successful answer looks like."""
    return [
        f"{method.upper()} {path}: {status}"
        for path, methods in described["paths"].items()
        for method, operation in methods.items()
        for status, answer in operation["responses"].items()
        if status.startswith("2") and status != "204" and not _is_shaped(answer)
    ]


def _is_shaped(answer: Json) -> bool:
    """Text and files have no fields."""
    content = answer.get("content", {})
    schemas = [one.get("schema", {}) for kind, one in content.items() if kind.endswith("json")]
    return bool(content) and all(one and not one.get("additionalProperties") for one in schemas)


async def undescribed(client: httpx.AsyncClient, described: Json) -> list[str]:
    """What operations about something answer when it does not exist, and do not describe. The
    client is one of staff who may do all, at the root of the service."""
    found = []
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            if "{" in path:
                body = example_of(described, operation)
                address = PARAMETER.sub("01890000-0000-7000-8000-0000000000ff", path)
                answer = await client.request(method.upper(), address, json=body)
                if str(answer.status_code) not in operation["responses"]:
                    found.append(f"{method.upper()} {path}: {answer.status_code}")
    return found


def example_of(described: Json, operation: Json) -> Any:
    content = operation.get("requestBody", {}).get("content", {}).get("application/json")
    if content is None:
        return None
    name = content["schema"].get("$ref", "").rpartition("/")[2]
    return next(iter(described["components"]["schemas"].get(name, {}).get("examples", [])), {})

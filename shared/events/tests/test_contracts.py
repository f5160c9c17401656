"""The committed contracts are those of the models, and say what AsyncAPI and JSON Schema allow."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from asyncapi3.models.asyncapi import AsyncAPI3  # type: ignore[import-untyped]
from doorpakken_events.catalogue import CATALOGUE, topic_of
from doorpakken_events.contracts.files import FOLDER, stale, write
from doorpakken_events.contracts.pictures import EDGE, STATELESS, STATES, aggregates, drawn
from doorpakken_events.contracts.released import (
    broken_by,
    current_schemas,
    release,
    released_schemas,
)
from doorpakken_events.envelope import read_headers
from doorpakken_events.moves import MOVES, START, TOMBSTONE, UNTOLD
from jsonschema import Draft202012Validator, FormatChecker
from pydantic import ValidationError

TOPICS = [topic.name for topic in CATALOGUE.values() if topic.event]


def _schema(topic: str) -> Any:
    return json.loads((FOLDER / f"schemas/{topic}.v1.json").read_text("utf-8"))


def _example(topic: str) -> Any:
    return json.loads((FOLDER / f"examples/{topic}.v1.json").read_text("utf-8"))


def _asyncapi() -> Any:
    return yaml.safe_load((FOLDER / "asyncapi.yaml").read_text("utf-8"))


def test_the_committed_contracts_are_fresh() -> None:
    assert stale(FOLDER) == [], "run `make contracts` and commit what it wrote"


def test_staleness_is_noticed(tmp_path: Path) -> None:
    write(tmp_path)
    assert stale(tmp_path) == []
    (tmp_path / "asyncapi.yaml").write_text("asyncapi: 3.0.0")
    (tmp_path / "schemas/plan-published.v1.json").unlink()
    (tmp_path / "examples/of-no-topic.v1.json").write_text("{}")
    assert stale(tmp_path) == [
        "asyncapi.yaml",
        "examples/of-no-topic.v1.json",
        "schemas/plan-published.v1.json",
    ]
    write(tmp_path)
    assert stale(tmp_path) == []


def test_the_document_is_asyncapi_3() -> None:
    document = _asyncapi()
    assert document["asyncapi"] == "3.0.0"
    AsyncAPI3.model_validate(document)


@pytest.mark.parametrize(
    ("part", "value"),
    [
        ("info", {}),
        ("servers", {"embedded": {"host": "127.0.0.1"}}),
        ("channels", {"a b": {}}),
        ("operations", {"x": {"action": "shout", "channel": {"$ref": "#/channels/x"}}}),
    ],
)
def test_a_document_that_is_not_asyncapi_3_is_refused(part: str, value: object) -> None:
    document = _asyncapi() | {part: value}
    with pytest.raises(ValidationError):
        AsyncAPI3.model_validate(document)


def test_every_reference_in_the_document_leads_somewhere() -> None:
    document = _asyncapi()
    references = set(re.findall(r"\$ref: '?([^'\n]+)", (FOLDER / "asyncapi.yaml").read_text()))
    assert len(references) > len(CATALOGUE)
    for reference in references:
        if reference.startswith("./"):
            assert (FOLDER / reference).is_file(), reference
            continue
        found = document
        for step in reference.removeprefix("#/").split("/"):
            found = found[step]
        assert found


def test_the_document_has_every_topic_with_its_emitter_and_hearers() -> None:
    document = _asyncapi()
    addresses = {channel["address"] for channel in document["channels"].values()}
    assert addresses == set(CATALOGUE)
    for topic in CATALOGUE.values():
        name = topic.name.replace(".", "-")
        channel = {"$ref": f"#/channels/{name}"}
        operations = {
            key: found["action"]
            for key, found in document["operations"].items()
            if found["channel"] == channel
        }
        hears = {f"{service}-hears-{name}": "receive" for service in topic.heard_by}
        says = {f"{service}-says-{name}": "send" for service in topic.emitters}
        assert operations == hears | says


@pytest.mark.parametrize("topic", TOPICS)
def test_an_example_fits_its_schema_and_its_model(topic: str) -> None:
    schema, example = _schema(topic), _example(topic)
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema, format_checker=FormatChecker())
    assert list(validator.iter_errors(example["data"])) == []
    event = CATALOGUE[topic].event
    assert event is not None
    assert event.check(json.dumps(example["data"]).encode()).key == example["key"]


@pytest.mark.parametrize("topic", TOPICS)
def test_a_schema_refuses_what_the_model_refuses_and_lets_additions_in(topic: str) -> None:
    schema, data = _schema(topic), _example(topic)["data"]
    validator = Draft202012Validator(schema, format_checker=FormatChecker())
    assert validator.is_valid(data | {"something_new": 1})
    for field in schema["required"]:
        assert not validator.is_valid({k: v for k, v in data.items() if k != field})
        assert not validator.is_valid(data | {field: {"not": "this"}})


@pytest.mark.parametrize("topic", TOPICS)
def test_an_example_says_where_its_schema_is(topic: str) -> None:
    headers = _example(topic)["headers"]
    assert headers["ce_dataschema"] == _schema(topic)["$id"]
    envelope = read_headers([(name, value.encode()) for name, value in headers.items()])
    assert envelope.topic == topic


def test_nothing_released_is_broken() -> None:
    versions = list(released_schemas(FOLDER))
    assert versions, "no release to compare with"
    for version, schemas in versions:
        assert broken_by(current_schemas(), schemas) == [], version


def test_a_release_is_frozen_once_and_never_broken(tmp_path: Path) -> None:
    release(tmp_path, "1")
    with pytest.raises(SystemExit, match="1 was released before"):
        release(tmp_path, "1")
    path = tmp_path / "released/1.json"
    schemas = json.loads(path.read_text())
    schemas["plan-published"]["properties"]["budget"] = {"type": "integer"}
    path.write_text(json.dumps(schemas))
    with pytest.raises(SystemExit, match=r"plan-published: data\.budget: field is gone"):
        release(tmp_path, "2")


@pytest.mark.parametrize("aggregate", aggregates())
def test_a_picture_shows_every_topic_of_its_aggregate_and_only_known_states(aggregate: str) -> None:
    events = [t.event for t in CATALOGUE.values() if t.event and aggregate == t.event.AGGREGATE]
    topics = {topic for _, _, topic in drawn(aggregate)} - {TOMBSTONE}
    assert topics == {event.TOPIC for event in events}
    states = {state for before, after, _ in drawn(aggregate) for state in (before, after)}
    fields = _schema(topic_of(events[0]).name)["properties"]
    named = fields.get("state") or fields.get("answer")
    assert states - {EDGE} <= set(named["x-known-values"] if named else ["known"])


@pytest.mark.parametrize("aggregate", STATES)
def test_a_picture_on_the_page_is_the_table_of_its_states(aggregate: str) -> None:
    page = (FOLDER / "CATALOGUE.md").read_text("utf-8")
    section = page.partition(f"\n## {aggregate}\n")[2].partition("\n## ")[0]
    found = re.findall(r"^ +(\S+) --> (\S+): (\S+)$", section, re.MULTILINE)
    told = [move for move in MOVES[STATES[aggregate]] if move[2] != UNTOLD]
    # A draft is told by no event: the picture begins with what follows it.
    assert found == [
        (EDGE if before in (START, "draft") else before, after or EDGE, topic)
        for before, after, topic in told
    ]


def test_every_table_of_states_has_a_picture() -> None:
    assert set(STATES.values()) == set(MOVES)


def test_the_page_names_every_topic_and_aggregate() -> None:
    page = (FOLDER / "CATALOGUE.md").read_text("utf-8")
    assert all(f"`{topic}`" in page for topic in CATALOGUE)
    assert set(re.findall(r"^## (.+)$", page, re.MULTILINE)) == {*STATES, *STATELESS}

"""The JSON Schema of an event's data, as its readers may rely on it: open for fields and words."""

from typing import Any

from pydantic.json_schema import GenerateJsonSchema

from doorpakken_events.catalogue import topic_of
from doorpakken_events.envelope import dataschema
from doorpakken_events.event import Event

DIALECT = "https://json-schema.org/draft/2020-12/schema"


class _WithoutFieldTitles(GenerateJsonSchema):
    """A title that only repeats a field's name says nothing."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False


def schema_of(event: type[Event]) -> dict[str, Any]:
    found = event.model_json_schema(schema_generator=_WithoutFieldTitles)
    topic = topic_of(event)
    head = {
        "$schema": DIALECT,
        "$id": dataschema(topic.name),
        "title": event.__name__,
        "description": found.get("description", ""),
        "x-emitter": topic.emitter,
        "x-aggregate": event.AGGREGATE,
        "x-key": event.KEY,
    }
    opened: dict[str, Any] = _opened(found)
    return head | {word: value for word, value in opened.items() if word not in head}


def _opened(schema: Any) -> Any:
    """Without `additionalProperties: false`: emitters refuse unknown fields, but readers must not,
    because v1 grows by optional fields."""
    if isinstance(schema, list):
        return [_opened(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    closed = schema.get("additionalProperties") is False
    return {
        word: _opened(part)
        for word, part in schema.items()
        if not (closed and word == "additionalProperties")
    }

"""The AsyncAPI 3 document: a channel per topic, who sends to it and who receives from it."""

import json
from typing import Any

import yaml

from doorpakken_events import envelope
from doorpakken_events.catalogue import CATALOGUE, Topic
from doorpakken_events.event import Event
from doorpakken_events.golden import EXAMPLE_OF
from doorpakken_events.parked import ParkedRecord

Document = dict[str, Any]

USUAL_PARTITIONS = 3
SCHEMA_FORMAT = "application/schema+json;version=draft-2020-12"
NUMBERS = ("retention.ms", "delete.retention.ms")

ABOUT = """\
Each topic carries one kind of event as CloudEvents 1.0 in Kafka's binary mode. A record's key is
the aggregate's id and its value the aggregate's whole state, so the newest version is all a reader
needs. Read openly: fields and words you do not know are no error. A null value says that the key
is gone.
"""


class _Dumper(yaml.SafeDumper):
    """Writes text of several lines as such, and repeats instead of pointing back."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _write_text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _write_text)


def asyncapi() -> str:
    topics = list(CATALOGUE.values())
    document = {
        "asyncapi": "3.0.0",
        "info": {"title": "Doorpakken", "version": "1.0.0", "description": ABOUT},
        "defaultContentType": envelope.JSON,
        "servers": {"embedded": _server()},
        "channels": {_id(topic): _channel(topic) for topic in topics},
        "operations": {name: found for topic in topics for name, found in _operations(topic)},
        "components": {
            "messages": {_id(topic): _message(topic) for topic in topics},
            "schemas": {"headers": _headers(), "parked": ParkedRecord.model_json_schema()},
            "securitySchemes": {
                "scram": {"type": "scramSha512", "description": "A user per service or reader"}
            },
        },
    }
    return yaml.dump(document, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=100)


def _id(topic: Topic) -> str:
    """Names in AsyncAPI may not contain a dot."""
    return topic.name.replace(".", "-")


def _server() -> Document:
    return {
        "host": "127.0.0.1:8407",
        "protocol": "kafka",
        "protocolVersion": "4.3",
        "description": "The broker of a system started on one machine with its usual ports.",
        "security": [{"$ref": "#/components/securitySchemes/scram"}],
    }


def _channel(topic: Topic) -> Document:
    about = _about(topic.event) if topic.event else "Records a service set aside, for its staff."
    heard = ", ".join(topic.heard_by) or "nobody but staff"
    return {
        "address": topic.name,
        "title": topic.name,
        "description": f"{about} Class: {topic.audience}. Heard by: {heard}.",
        "messages": {_id(topic): {"$ref": f"#/components/messages/{_id(topic)}"}},
        "bindings": {"kafka": _binding(topic)},
    }


def _binding(topic: Topic) -> Document:
    settings: Document = {"cleanup.policy": [topic.config["cleanup.policy"]]}
    settings |= {name: int(topic.config[name]) for name in NUMBERS if name in topic.config}
    return {
        "topic": topic.name,
        "partitions": topic.partitions(USUAL_PARTITIONS),
        "topicConfiguration": settings,
        "bindingVersion": "0.5.0",
    }


def _operations(topic: Topic) -> list[tuple[str, Document]]:
    parts = [(service, "says", "send") for service in topic.emitters]
    parts += [(service, "hears", "receive") for service in topic.heard_by]
    return [
        (f"{service}-{verb}-{_id(topic)}", _operation(topic, service, action))
        for service, verb, action in parts
    ]


def _operation(topic: Topic, service: str, action: str) -> Document:
    channel = f"#/channels/{_id(topic)}"
    return {
        "action": action,
        "channel": {"$ref": channel},
        "tags": [{"name": service}],
        "messages": [{"$ref": f"{channel}/messages/{_id(topic)}"}],
    }


def _message(topic: Topic) -> Document:
    if topic.event is None:
        return {
            "name": topic.name,
            "summary": "A record set aside with the reason and the number of tries.",
            "contentType": envelope.JSON,
            "payload": {"$ref": "#/components/schemas/parked"},
        }
    schema = {"$ref": f"./schemas/{topic.name}.v1.json"}
    return {
        "name": envelope.ce_type(topic.name),
        "title": topic.event.__name__,
        "summary": _about(topic.event),
        "contentType": envelope.JSON,
        "headers": {"$ref": "#/components/schemas/headers"},
        "payload": {"schemaFormat": SCHEMA_FORMAT, "schema": schema},
        "correlationId": {"location": f"$message.header#/{envelope.CORRELATION_ID}"},
        "bindings": {"kafka": {"key": {"type": "string"}, "bindingVersion": "0.5.0"}},
        "examples": [_example(topic)],
    }


def _example(topic: Topic) -> Document:
    example = EXAMPLE_OF[topic.name]
    return {
        "name": topic.name,
        "headers": {name: value.decode() for name, value in example.headers()},
        "payload": json.loads(example.event.payload()),
    }


def _headers() -> Document:
    optional = (
        envelope.CONTENT_TYPE,
        envelope.DATA_SCHEMA,
        envelope.GATHERING_ID,
        envelope.CORRELATION_ID,
        envelope.CAUSATION_ID,
        envelope.TRACEPARENT,
    )
    return {
        "type": "object",
        "required": list(envelope.REQUIRED),
        "properties": {name: {"type": "string"} for name in (*envelope.REQUIRED, *optional)},
    }


def _about(event: type[Event]) -> str:
    return " ".join((event.__doc__ or "").split())

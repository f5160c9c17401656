"""No topic that integrations may read has a field for a person's name, address or number."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from doorpakken_events.catalogue import CATALOGUE, Topic
from doorpakken_events.contracts.schemas import schema_of
from doorpakken_events.registration import PersonContact

PERSONAL = re.compile(
    r"name|mail|phone|tel|address|street|postcode|birth|gender|contact|diet|access_need|consent"
    r"|naam|adres"
)
VENUES = {"venue.name", "venue.address", "earlier.venue.name", "earlier.venue.address"}
# Of organisations and places, and the ids of mails; not of people.
ALLOWED = {
    "organisation-described": {"name"},
    "gathering-published": VENUES,
    "gathering-updated": VENUES,
    "gathering-closed": VENUES,
    "gathering-cancelled": VENUES,
    "session-scheduled": {"address"},
    "session-rescheduled": {"address"},
    "session-cancelled": {"address"},
    "session-took-place": {"address"},
    "mail-sent": {"mail_id"},
    "mail-waiting": {"mail_id"},
    "mail-bounced": {"mail_id"},
    "mail-suppressed": {"mail_id"},
}
OPEN = [topic for topic in CATALOGUE.values() if topic.event and topic.audience != "restricted"]


def _fields(schema: Any, definitions: Any, place: tuple[str, ...] = ()) -> Iterator[str]:
    if isinstance(schema, list):
        for part in schema:
            yield from _fields(part, definitions, place)
    if not isinstance(schema, dict):
        return
    if "$ref" in schema:
        yield from _fields(definitions[schema["$ref"].rsplit("/", 1)[1]], definitions, place)
    for name, part in schema.get("properties", {}).items():
        yield ".".join((*place, name))
        yield from _fields(part, definitions, (*place, name))
    for word in ("items", "anyOf", "additionalProperties"):
        yield from _fields(schema.get(word), definitions, place)


def _personal(topic: Topic) -> set[str]:
    assert topic.event is not None
    schema = schema_of(topic.event)
    fields = _fields(schema, schema.get("$defs", {}))
    return {field for field in fields if PERSONAL.search(field.rsplit(".", 1)[-1])}


@pytest.mark.parametrize("topic", OPEN, ids=lambda topic: topic.name)
def test_no_field_for_personal_data(topic: Topic) -> None:
    assert _personal(topic) == ALLOWED.get(topic.name, set())


def test_the_check_sees_personal_data_where_it_is() -> None:
    contact = CATALOGUE[PersonContact.TOPIC]
    assert contact.audience == "restricted"
    assert _personal(contact) == {"name", "email", "phone"}

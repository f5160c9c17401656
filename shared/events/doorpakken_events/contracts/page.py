"""The catalogue as a page to read: a table of topics and a state picture per aggregate."""

from doorpakken_events.catalogue import CATALOGUE, Topic
from doorpakken_events.contracts.pictures import aggregates, picture_of

HEAD = """\
# Catalogue of events

Written by `make contracts` from the models; do not edit. Each aggregate has one emitter and one
version counter, whichever topic an event is said on. Class: *public* for every integration,
*granted* by name, *restricted* to the services named.

| topic | what | said by | about | class | heard by |
| --- | --- | --- | --- | --- | --- |
"""
STATES = """
# States

Which topic moves which state. A topic that keeps the state says new facts in it.
"""


def catalogue_page() -> str:
    rows = "".join(_row(topic) for topic in CATALOGUE.values())
    pictures = "".join(_section(aggregate) for aggregate in aggregates())
    return HEAD + rows + STATES + pictures


def _row(topic: Topic) -> str:
    if topic.event is None:
        what, about, name = "A record was set aside, with the reason.", "–", f"`{topic.name}`"
    else:
        what = " ".join((topic.event.__doc__ or "").split())
        about = topic.event.AGGREGATE
        name = f"[`{topic.name}`](schemas/{topic.name}.v1.json)"
    heard = ", ".join(topic.heard_by) or "staff"
    said_by = ", ".join(topic.emitters)
    return f"| {name} | {what} | {said_by} | {about} | {topic.audience} | {heard} |\n"


def _section(aggregate: str) -> str:
    return f"\n## {aggregate}\n\n```mermaid\n{picture_of(aggregate)}\n```\n"

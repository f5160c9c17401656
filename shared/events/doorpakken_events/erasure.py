"""Erasing a person: registration says that it is asked, and every service when it has done it."""

from typing import Annotated

from pydantic import Field

from doorpakken_events.event import Event, Id, Moment, OneOf

# Who asks for an erasure, and who else keeps something of people; all of them answer.
EMITTER = "registration"
HEARERS = ("matching", "notification", "reporting")
ANSWERERS = (EMITTER, *HEARERS)


class PersonErased(Event):
    """A person asked to be forgotten; whoever knows anything of them wipes it and confirms."""

    TOPIC = "person-erased"
    AGGREGATE = "person"
    KEY = "person_id"
    person_id: Id
    erased_at: Moment


class ErasureConfirmed(Event):
    """One service wiped a person; `erased` counts what there was, by collection."""

    TOPIC = "erasure-confirmed"
    AGGREGATE = "erasure-answer"
    KEY = "erasure_answer_id"
    erasure_answer_id: Id
    service: Annotated[str, OneOf(*ANSWERERS)]
    person_id: Id
    erased: dict[str, int] = Field(default={}, description="documents by collection")
    confirmed_at: Moment

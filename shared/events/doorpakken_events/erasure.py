"""What every service says when it has wiped what it knew of an erased person."""

from typing import Annotated

from pydantic import Field

from doorpakken_events.event import Event, Id, Moment, OneOf


class ErasureConfirmed(Event):
    """One service wiped a person; `erased` counts what there was, by collection."""

    TOPIC = "erasure-confirmed"
    AGGREGATE = "erasure-answer"
    KEY = "erasure_answer_id"
    erasure_answer_id: Id
    service: Annotated[str, OneOf("registration", "matching", "notification", "reporting")]
    person_id: Id
    erased: dict[str, int] = Field(default={}, description="documents by collection")
    confirmed_at: Moment

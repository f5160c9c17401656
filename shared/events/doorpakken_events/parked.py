"""What a service says on its parked topic about a record it set aside; for its staff only."""

from pydantic import Field

from doorpakken_events.event import Part


class ParkedRecord(Part):
    """A record that could not be handled, where it lies and why."""

    message_id: str = Field(description="the event's id, or the record's place without one")
    subject: str = Field(description="what waits with it: <aggregate>/<id>")
    topic: str
    partition: int
    offset: int
    reason: str
    tries: int = Field(ge=1)
    value_base64: str | None = Field(
        default=None, description="the raw value; null for a tombstone and for names and addresses"
    )

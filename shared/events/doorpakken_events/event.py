"""What every event shares: its topic, its aggregate and its key. Emitters are strict and refuse an
unknown field or word; readers are open, they ignore such a field and accept such a word."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Any, ClassVar, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    ValidationInfo,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core.core_schema import CoreSchema, with_info_after_validator_function

SOURCE_PREFIX = "/doorpakken/"
READING = {"reading": True}


def in_utc(moment: datetime) -> datetime:
    """Truncated to milliseconds, as MongoDB stores it; raises ValueError without a zone."""
    if moment.tzinfo is None:
        raise ValueError("a time needs its zone")
    moment = moment.astimezone(UTC)
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


@dataclass(frozen=True)
class OneOf:
    """Marks a string whose emitter keeps to `words`; a reader accepts others (enums are open)."""

    words: tuple[str, ...]

    def __init__(self, *words: str) -> None:
        # Plain words: what writes the contracts knows no enums.
        object.__setattr__(self, "words", tuple(map(str, words)))

    def check(self, value: str, info: ValidationInfo) -> str:
        """Raises ValueError for an unknown word, except when reading."""
        reading = isinstance(info.context, dict) and info.context.get("reading")
        if value not in self.words and not reading:
            raise ValueError(f"must be one of {', '.join(self.words)}")
        return value

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return with_info_after_validator_function(self.check, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return handler(schema) | {"examples": list(self.words), "x-known-values": list(self.words)}


Moment = Annotated[datetime, AfterValidator(in_utc)]
Id = Annotated[str, Field(min_length=1, max_length=80)]
ShortText = Annotated[str, Field(max_length=200)]
LongText = Annotated[str, Field(max_length=5000)]
Language = Annotated[str, OneOf("nl", "en")]


class Part(BaseModel):
    """A piece of an event's data."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Event(Part):
    """The whole state of one aggregate, as said on one topic."""

    TOPIC: ClassVar[str]
    AGGREGATE: ClassVar[str]
    KEY: ClassVar[str]
    # Whether a tombstone means that a person or attendee is gone.
    IS_SOMEBODY: ClassVar[bool] = False
    # Fields with ids of people whose state this is not.
    NAMES: ClassVar[tuple[str, ...]] = ()

    @property
    def key(self) -> str:
        """The aggregate's id; also the key of the record in Kafka."""
        return str(getattr(self, self.KEY))

    @property
    def gathering(self) -> str | None:
        value: str | None = getattr(self, "gathering_id", None)
        return value

    def payload(self) -> bytes:
        return self.model_dump_json().encode()

    @classmethod
    def read(cls, payload: bytes) -> Self:
        """Accepts unknown fields and words; raises ValidationError."""
        return cls.model_validate_json(payload, extra="ignore", context=READING)

    @classmethod
    def check(cls, payload: bytes) -> Self:
        """Strict, for a row about to be sent; raises ValidationError."""
        return cls.model_validate_json(payload)

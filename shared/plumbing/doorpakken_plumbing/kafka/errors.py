"""What a Kafka error means for a record: never sendable, topic unavailable, or sent too late.
Any other error may be the broker's."""

from aiokafka.errors import (
    InvalidMessageError,
    InvalidTimestampError,
    InvalidTopicError,
    MessageSizeTooLargeError,
    RecordTooLargeError,
    TopicAuthorizationFailedError,
    UnknownTopicOrPartitionError,
)


def is_unsendable(error: BaseException) -> bool:
    return isinstance(error, MessageSizeTooLargeError | RecordTooLargeError | InvalidMessageError)


def is_forbidden(error: BaseException) -> bool:
    return isinstance(error, TopicAuthorizationFailedError)


def is_missing(error: BaseException) -> bool:
    return isinstance(error, UnknownTopicOrPartitionError | InvalidTopicError)


def is_about_topic(error: BaseException) -> bool:
    """Whether it is certain that other topics are not affected."""
    return is_forbidden(error) or is_missing(error)


def is_too_late(error: BaseException | None) -> bool:
    """Whether the broker refused the timestamp: the record came late, or clocks differ."""
    return isinstance(error, InvalidTimestampError)

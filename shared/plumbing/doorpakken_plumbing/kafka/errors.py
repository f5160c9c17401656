"""What an error of Kafka means for a record: it can never be sent, its topic takes nothing, or it
came too late. Refuses to guess: all else may be the broker."""

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
    """Whether the record itself, not the broker, is why it was refused."""
    return isinstance(error, MessageSizeTooLargeError | RecordTooLargeError | InvalidMessageError)


def is_forbidden(error: BaseException) -> bool:
    """Whether this user may not write to the topic."""
    return isinstance(error, TopicAuthorizationFailedError)


def is_missing(error: BaseException) -> bool:
    """Whether there is no such topic."""
    return isinstance(error, UnknownTopicOrPartitionError | InvalidTopicError)


def is_about_topic(error: BaseException) -> bool:
    """Whether it is certain that other topics are not in the same trouble."""
    return is_forbidden(error) or is_missing(error)


def is_too_late(error: BaseException | None) -> bool:
    """Whether the broker refused the record's time: it came late, or clocks differ."""
    return isinstance(error, InvalidTimestampError)

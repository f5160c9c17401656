"""How a service's consumer group and its static members are called on Kafka.
Equal words give equal names at every start."""

from collections.abc import Sequence
from zlib import crc32


def member_name(service: str, instance: str, topics: Sequence[str]) -> str:
    """The static member of a group. A broker gives a returning member its old partitions without
    looking at what it subscribes to now, so other topics make another member."""
    return f"{service}-{instance}-{crc32(' '.join(sorted(topics)).encode()):08x}"


def group_of(service: str, topic_prefix: str = "") -> str:
    """The group in which all instances of a service read."""
    return f"{topic_prefix}{service}-service"

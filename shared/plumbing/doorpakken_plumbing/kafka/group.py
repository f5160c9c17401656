"""Names of a service's consumer group and its static members on Kafka.
The same input gives the same name at every start."""

from collections.abc import Sequence
from zlib import crc32


def member_name(service: str, instance: str, topics: Sequence[str]) -> str:
    # A broker gives a returning static member its old partitions without checking its subscription,
    # so other topics make another member.
    return f"{service}-{instance}-{crc32(' '.join(sorted(topics)).encode()):08x}"


def group_of(service: str, topic_prefix: str = "") -> str:
    return f"{topic_prefix}{service}-service"

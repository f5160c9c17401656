"""A connection of the Kafka client that is lost in whatever way is a connection error. uvloop
raises RuntimeError on a closed transport; the client takes OSError only, and its tasks end of the
other without a word (aiokafka issue 1038, open)."""

from typing import Any

import aiokafka.conn
from aiokafka.conn import AIOKafkaConnection, CloseReason
from aiokafka.errors import KafkaConnectionError


class Connection(AIOKafkaConnection):  # type: ignore[misc]  # aiokafka has no types
    """What every client of this process talks through: fetching, groups, metadata and sending."""

    def send(self, request: Any, expect_response: bool = True) -> Any:
        """Sends a request; raises KafkaConnectionError where the transport is gone."""
        try:
            return super().send(request, expect_response)
        except RuntimeError as error:
            raise self._lost(error) from error

    def _send_sasl_token(self, payload: Any, expect_response: bool = True) -> Any:
        try:
            return super()._send_sasl_token(payload, expect_response)
        except RuntimeError as error:
            raise self._lost(error) from error

    def _lost(self, error: RuntimeError) -> KafkaConnectionError:
        """Closes, so that whoever waits for an answer hears of it and the next connects anew."""
        self.close(reason=CloseReason.CONNECTION_BROKEN, exc=error)
        return KafkaConnectionError(f"Connection at {self.host}:{self.port} broken: {error}")


def use() -> None:
    """Has every client of this process made of such connections."""
    aiokafka.conn.AIOKafkaConnection = Connection

"""Makes every lost Kafka connection a connection error. uvloop raises RuntimeError on a closed
transport; the client expects OSError, and its tasks end silently (aiokafka issue 1038, open)."""

from typing import Any

import aiokafka.conn
from aiokafka.conn import AIOKafkaConnection, CloseReason
from aiokafka.errors import KafkaConnectionError


class Connection(AIOKafkaConnection):  # type: ignore[misc]  # aiokafka has no types
    """The connection class of every client here: fetching, groups, metadata and sending."""

    def send(self, request: Any, expect_response: bool = True) -> Any:
        """Raises KafkaConnectionError when the transport is closed."""
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
        # Pending requests fail, and the next one reconnects.
        self.close(reason=CloseReason.CONNECTION_BROKEN, exc=error)
        return KafkaConnectionError(f"Connection at {self.host}:{self.port} broken: {error}")


def use() -> None:
    """Patches aiokafka, so that every client of this process uses `Connection`."""
    aiokafka.conn.AIOKafkaConnection = Connection

"""What an error of the database means: a key that is taken, or a server in trouble. Refuses to take
a bug for either."""

from pymongo.errors import (
    BulkWriteError,
    ConnectionFailure,
    DuplicateKeyError,
    ExecutionTimeout,
    OperationFailure,
    PyMongoError,
    WTimeoutError,
)

# A transaction that outlived the server's limit (290, or 251 when it is gone by the next step), or
# is larger than the server takes (257, 388). A starved machine makes the first two as well.
_TOO_HEAVY = {251, 257, 290, 388}
# Sent by a server that is full, slow, stopping, or no longer the primary: not the fault of the
# request.
_SERVER_TROUBLE = _TOO_HEAVY | {
    *(89, 91, 189, 262, 9001, 10107, 11600, 11601, 11602, 13435, 13436, 14031)
}
_RETRIABLE_LABELS = (
    "TransientTransactionError",
    "UnknownTransactionCommitResult",
    "RetryableWriteError",
)


def is_duplicate(error: BaseException) -> bool:
    """Whether a unique index refused a write."""
    if isinstance(error, BulkWriteError):
        return any(row.get("code") == 11000 for row in error.details.get("writeErrors", []))
    return isinstance(error, DuplicateKeyError)


def is_infrastructure(error: BaseException) -> bool:
    """Whether the database, not the request, is in trouble: wait and try again."""
    if isinstance(error, ConnectionFailure | ExecutionTimeout | WTimeoutError):
        return True
    if isinstance(error, PyMongoError) and any(map(error.has_error_label, _RETRIABLE_LABELS)):
        return True
    if isinstance(error, BulkWriteError):
        # Its own code says only that some of its writes failed.
        codes = {row.get("code") for row in error.details.get("writeErrors", [])}
        return bool(codes & _SERVER_TROUBLE or error.details.get("writeConcernErrors"))
    return isinstance(error, OperationFailure) and error.code in _SERVER_TROUBLE


def is_too_heavy(error: BaseException) -> bool:
    """Whether less at once may fit where this did not: the transaction passed its time or size."""
    return isinstance(error, OperationFailure) and error.code in _TOO_HEAVY

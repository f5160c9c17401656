"""What a database error means: a duplicate key, or a server in trouble.
A bug counts as neither."""

from pymongo.errors import (
    BulkWriteError,
    ConnectionFailure,
    DuplicateKeyError,
    ExecutionTimeout,
    OperationFailure,
    PyMongoError,
    WTimeoutError,
)

# A transaction over the server's time limit (290, or 251 when it is gone by the next operation) or
# size limit (257, 388). An overloaded machine causes the first two as well.
_TOO_HEAVY = {251, 257, 290, 388}
# Sent by a server that is full, slow, stopping, or no longer the primary: no fault of the request.
_SERVER_TROUBLE = _TOO_HEAVY | {
    *(89, 91, 189, 262, 9001, 10107, 11600, 11601, 11602, 13435, 13436, 14031)
}
_RETRIABLE_LABELS = (
    "TransientTransactionError",
    "UnknownTransactionCommitResult",
    "RetryableWriteError",
)


def is_duplicate(error: BaseException) -> bool:
    if isinstance(error, BulkWriteError):
        return any(row.get("code") == 11000 for row in error.details.get("writeErrors", []))
    return isinstance(error, DuplicateKeyError)


def is_infrastructure(error: BaseException) -> bool:
    """Whether the database, not the request, is in trouble, so that a retry may succeed."""
    if isinstance(error, ConnectionFailure | ExecutionTimeout | WTimeoutError):
        return True
    if isinstance(error, PyMongoError) and any(map(error.has_error_label, _RETRIABLE_LABELS)):
        return True
    if isinstance(error, BulkWriteError):
        # Its own code only says that some writes failed.
        codes = {row.get("code") for row in error.details.get("writeErrors", [])}
        return bool(codes & _SERVER_TROUBLE or error.details.get("writeConcernErrors"))
    return isinstance(error, OperationFailure) and error.code in _SERVER_TROUBLE


def is_too_heavy(error: BaseException) -> bool:
    """Whether the transaction passed its time or size limit, so that a smaller one may fit."""
    return isinstance(error, OperationFailure) and error.code in _TOO_HEAVY

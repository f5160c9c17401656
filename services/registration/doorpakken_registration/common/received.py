"""The answer to forms that anybody can send: the same for known and unknown people."""

from doorpakken_plumbing.http.idempotency import StoredResponse

RECEIVED = StoredResponse(202, {"status": "received"})

"""What anybody is answered who sends a form: the same for everybody, known or not."""

from doorpakken_plumbing.http.idempotency import StoredResponse

RECEIVED = StoredResponse(202, {"status": "received"})

"""What anybody is answered who sends a form: the same for everybody, known or not."""

from doorpakken_plumbing.idempotency import Answer

RECEIVED = Answer(202, {"status": "received"})

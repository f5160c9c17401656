"""HTTP routers of commitments."""

from doorpakken_registration.commitments.routes import commitments, examples, receiving

ROUTERS = (commitments.router, receiving.router)
EXAMPLES = examples.EXAMPLES

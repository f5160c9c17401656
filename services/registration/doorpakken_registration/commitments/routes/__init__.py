"""HTTP routers of commitments."""

from doorpakken_registration.commitments.routes import answers, commitments, examples, receiving

ROUTERS = (commitments.router, answers.router, receiving.router)
EXAMPLES = examples.EXAMPLES

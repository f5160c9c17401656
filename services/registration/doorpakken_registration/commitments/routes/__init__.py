"""HTTP routers of commitments: the API, and the pages of people and staff."""

from doorpakken_registration.commitments.routes import (
    answers,
    commitment_page,
    commitments,
    examples,
    promise_page,
    receiving,
    staff_promise_page,
)

ROUTERS = (
    commitments.router,
    answers.router,
    receiving.router,
    commitment_page.router,
    promise_page.router,
    staff_promise_page.router,
)
EXAMPLES = examples.EXAMPLES

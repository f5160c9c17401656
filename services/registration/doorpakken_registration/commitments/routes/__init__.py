"""HTTP routers of commitments: the API, and the pages of people and staff."""

from doorpakken_registration.commitments.routes import (
    answers,
    board_page,
    commitment_page,
    commitments,
    examples,
    partner_page,
    pitcher_page,
    promise_page,
    public_pages,
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
    public_pages.router,
    pitcher_page.router,
    partner_page.router,
    board_page.router,
)
EXAMPLES = examples.EXAMPLES

"""HTTP routers of commitments."""

from doorpakken_registration.commitments.routes import (
    answers,
    board_page,
    commitments,
    examples,
    partner_page,
    pitcher_page,
    public_pages,
    receiving,
)

ROUTERS = (
    commitments.router,
    answers.router,
    receiving.router,
    public_pages.router,
    pitcher_page.router,
    partner_page.router,
    board_page.router,
)
EXAMPLES = examples.EXAMPLES

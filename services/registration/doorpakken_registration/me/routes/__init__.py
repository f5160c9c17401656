"""HTTP routers of me: an endpoint file and a page file per subject."""

from doorpakken_registration.me.routes import (
    claims,
    claims_page,
    examples,
    me_page,
    my_calendar_page,
    my_name_page,
)

ROUTERS = (
    claims.router,
    claims_page.router,
    my_calendar_page.router,
    me_page.router,
    my_name_page.router,
)
EXAMPLES = examples.EXAMPLES

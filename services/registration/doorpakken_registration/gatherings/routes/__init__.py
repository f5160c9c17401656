"""The HTTP routes of gatherings: one module of endpoints and one of pages per subject."""

from doorpakken_registration.gatherings.routes import (
    calendar_page,
    examples,
    gatherings,
    life_page,
    staff_gathering_page,
    themes_page,
    write_page,
)

ROUTERS = (
    gatherings.router,
    calendar_page.router,
    write_page.router,
    life_page.router,
    themes_page.router,
    staff_gathering_page.router,
)
EXAMPLES = examples.EXAMPLES

"""The HTTP routes of gatherings: one module of endpoints and one of pages per subject."""

from doorpakken_registration.gatherings.routes import (
    calendar_page,
    examples,
    gatherings,
    staff_gathering_page,
)

ROUTERS = (gatherings.router, calendar_page.router, staff_gathering_page.router)
EXAMPLES = examples.EXAMPLES

"""The HTTP routes of attendance: one module of endpoints and one of pages per subject."""

from doorpakken_registration.attendance.routes import (
    arrangements_page,
    attendees,
    examples,
    my_details_page,
    preview_page,
    sign_up_page,
    waitlist_page,
)

ROUTERS = (
    attendees.router,
    sign_up_page.router,
    preview_page.router,
    my_details_page.router,
    arrangements_page.router,
    waitlist_page.router,
)
EXAMPLES = examples.EXAMPLES

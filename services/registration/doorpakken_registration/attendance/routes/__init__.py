"""The HTTP routes of attendance: one module of endpoints and one of pages per subject."""

from doorpakken_registration.attendance.routes import (
    arrangements_page,
    attendees,
    door,
    door_link_page,
    door_page,
    examples,
    invite_page,
    my_details_page,
    participant_page,
    participants_page,
    preview_page,
    sign_up_page,
    waitlist_page,
    walk_in_page,
)

ROUTERS = (
    attendees.router,
    door.router,
    sign_up_page.router,
    preview_page.router,
    my_details_page.router,
    arrangements_page.router,
    waitlist_page.router,
    participants_page.router,
    participant_page.router,
    invite_page.router,
    door_page.router,
    walk_in_page.router,
    door_link_page.router,
)
EXAMPLES = examples.EXAMPLES

"""HTTP routers of seats: an endpoint file and a page file per subject."""

from doorpakken_registration.seats.routes import (
    answer_page,
    answers,
    examples,
    handover_page,
    handovers,
    hosting,
    hosting_page,
    pitch_public_page,
    session_contacts,
    session_contacts_page,
    sessions,
)

ROUTERS = (
    sessions.router,
    session_contacts.router,
    session_contacts_page.router,
    answers.router,
    handovers.router,
    hosting.router,
    hosting_page.router,
    pitch_public_page.router,
    answer_page.router,
    handover_page.router,
)
EXAMPLES = examples.EXAMPLES

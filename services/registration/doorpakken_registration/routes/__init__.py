"""The HTTP door of registration: thin endpoints, a file per subject."""

from doorpakken_pages import static_files

from doorpakken_registration.routes import (
    answer_page,
    answers,
    attendees,
    gatherings,
    me_page,
    offers,
    personas,
    pitch_page,
    pitches,
    sessions,
    sign_up_page,
    staff,
    staff_page,
    wishes,
)

ROUTERS = (
    attendees.router,
    gatherings.router,
    pitches.router,
    offers.router,
    sessions.router,
    answers.router,
    staff.router,
    wishes.router,
    personas.router,
    sign_up_page.router,
    pitch_page.router,
    answer_page.router,
    me_page.router,
    staff_page.router,
    static_files(),
)

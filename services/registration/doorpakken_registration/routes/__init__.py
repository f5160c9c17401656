"""The HTTP door of registration: thin endpoints, a file per subject."""

from doorpakken_pages import static_files

from doorpakken_registration.routes import (
    answer_page,
    answers,
    attendees,
    cards_page,
    erasure_page,
    erasures,
    gatherings,
    me_page,
    offers,
    personas,
    pitch_page,
    pitches,
    sessions,
    sign_up_page,
    staff,
    staff_gathering_page,
    staff_page,
    wishes,
    wishes_page,
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
    erasures.router,
    erasure_page.router,
    staff_page.router,
    wishes_page.router,
    cards_page.router,
    staff_gathering_page.router,
    static_files(),
)

"""The HTTP door of registration: thin endpoints, a file per subject."""

from doorpakken_registration.routes import (
    answers,
    attendees,
    gatherings,
    pitches,
    sessions,
    staff,
)

ROUTERS = (
    gatherings.router,
    attendees.router,
    pitches.router,
    sessions.router,
    answers.router,
    staff.router,
)

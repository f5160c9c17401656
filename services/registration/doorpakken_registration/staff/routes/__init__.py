"""The HTTP door of staff: an endpoint file and a page file per subject."""

from doorpakken_registration.staff.routes import staff, staff_page

ROUTERS = (
    staff.router,
    staff_page.router,
)

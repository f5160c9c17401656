"""The HTTP routes of staff: one module of endpoints and one of pages per subject."""

from doorpakken_registration.staff.routes import examples, staff, staff_page

ROUTERS = (staff.router, staff_page.router)
EXAMPLES = examples.EXAMPLES

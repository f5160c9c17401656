"""The HTTP routes of directory: one module of endpoints and one of pages per subject."""

from doorpakken_registration.directory.routes import (
    examples,
    organisations,
    organisations_page,
    persons,
    persons_page,
)

ROUTERS = (persons.router, organisations.router, persons_page.router, organisations_page.router)
EXAMPLES = examples.EXAMPLES

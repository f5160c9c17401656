"""The HTTP door of directory: an endpoint file and a page file per subject."""

from doorpakken_registration.directory.routes import (
    organisations,
    organisations_page,
    persons,
    persons_page,
)

ROUTERS = (
    persons.router,
    organisations.router,
    persons_page.router,
    organisations_page.router,
)

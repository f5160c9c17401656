"""The HTTP door of privacy: an endpoint file and a page file per subject."""

from doorpakken_registration.privacy.routes import erasure_page, erasures, my_data_page

ROUTERS = (
    erasures.router,
    erasure_page.router,
    my_data_page.router,
)

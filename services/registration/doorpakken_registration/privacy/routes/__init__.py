"""The HTTP routes of privacy: one module of endpoints and one of pages per subject."""

from doorpakken_registration.privacy.routes import erasure_page, erasures, examples, my_data_page

ROUTERS = (erasures.router, erasure_page.router, my_data_page.router)
EXAMPLES = examples.EXAMPLES

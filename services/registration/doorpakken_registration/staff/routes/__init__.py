"""The HTTP routes of staff: one module of endpoints and one of pages per subject."""

from doorpakken_registration.staff.routes import (
    account_page,
    accounts,
    acts_page,
    colleagues_page,
    examples,
    own_account,
    password_page,
    staff,
    staff_page,
)

ROUTERS = (
    staff.router,
    staff_page.router,
    accounts.router,
    own_account.router,
    colleagues_page.router,
    account_page.router,
    acts_page.router,
    password_page.router,
)
EXAMPLES = examples.EXAMPLES

"""HTTP routers of outcomes."""

from doorpakken_registration.outcomes.routes import outcome_page, staff_outcomes_page

ROUTERS = (outcome_page.router, staff_outcomes_page.router)

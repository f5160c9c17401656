"""A new system says where to begin, to whoever may begin."""

import pytest
from doorpakken_plumbing.identity.staff import Staff
from doorpakken_plumbing.partnership import Partnership
from doorpakken_registration.web.page import PAGES
from fastapi import FastAPI
from starlette.requests import Request

SCOPE = {"type": "http", "query_string": b"", "headers": [], "path": "/staff", "method": "GET"}


class Settings(Partnership):
    """As far as the page reads them."""

    service: str = "registration"
    example_data: bool = False
    public_url: str = "https://zuidoost.example"
    registration_url: str = "https://zuidoost.example"
    matching_url: str = "https://zuidoost.example/matching"
    notification_url: str = "https://zuidoost.example/notification"
    reporting_url: str = "https://zuidoost.example/reporting"


@pytest.mark.parametrize(
    ("roles", "begins"), [({"*": "organiser"}, True), ({"g-1": "organiser"}, False)]
)
def test_the_first_gathering_is_made_by_who_may(roles: dict[str, str], begins: bool) -> None:
    app = FastAPI()
    app.state.settings = Settings()
    request = Request(SCOPE | {"app": app, "scheme": "https", "server": ("zuidoost.example", 443)})
    staff = Staff("staff-1", roles, "session-1")
    answer = PAGES.render(request, "today.html", staff=staff, found=[], others=[])
    page = bytes(answer.body).decode()
    link = '<a class="button" href="/staff/gatherings/new">Maak uw eerste bijeenkomst</a>'
    nothing = "U hebt nu geen bijeenkomst om voor te zorgen."
    assert (link in page, nothing in page) == (begins, not begins)

"""Programs of staff go on when their token ran out: the browser that is signed in renews it."""

import httpx
from doorpakken_local.demo.visiting.office import Office, OfficeToken
from doorpakken_local.demo.visiting.web import Browser

URL = "http://here.example"


def answer(request: httpx.Request) -> httpx.Response:
    """As registration does: a request without a valid token is refused, and renewing gives one."""
    if request.url.path == "/staff/renew":
        return httpx.Response(200, headers={"Set-Cookie": "staff=new; Path=/"})
    is_valid = request.headers["Authorization"] == "Bearer new"
    return httpx.Response(200 if is_valid else 401)


async def test_a_token_that_ran_out_is_renewed() -> None:
    wire = httpx.MockTransport(answer)
    browser = httpx.AsyncClient(transport=wire)
    office = Office(Browser(browser), {"registration": URL})
    async with httpx.AsyncClient(transport=wire, auth=OfficeToken(office)) as desk:
        answers = [await desk.get(f"{URL}/api/v1/gatherings") for _ in range(2)]
    assert [one.status_code for one in answers] == [200, 200]
    assert office.token == "new"

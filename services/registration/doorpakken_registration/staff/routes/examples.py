"""Examples of staff, for the API's description."""

from typing import Any

EXAMPLES: dict[str, Any] = {
    "SignIn": {"email": "staff@doorpakken.example", "password": "een lang wachtwoord"},
    "TokenView": {
        "token": "eyJhbGciOiJFZDI1NTE5In0.eyJzdWIiOiIuLi4ifQ.c2lnbmF0dXJl",
        "expires_at": "2023-09-15T09:10:00Z",
    },
}

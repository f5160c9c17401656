"""Examples of staff, for the API's description."""

from typing import Any

_ID = "0188f1a0-0000-7000-8000-000000000031"
_ROLES = {"*": "reader", "0188f1a0-0000-7000-8000-000000000001": "organiser"}
_STATE = {
    "id": _ID,
    "person_id": "0188f1a0-0000-7000-8000-000000000032",
    "email": "marloes@doorpakken.example",
    "roles": _ROLES,
    "state": "active",
}
_VIEW = {**_STATE, "name": "Marloes Esdoorn"}
_TOKEN = "k1.AbCdEfGh0123456789"

EXAMPLES: dict[str, Any] = {
    "SignIn": {"email": "staff@doorpakken.example", "password": "een lang wachtwoord"},
    "TokenView": {
        "token": "eyJhbGciOiJFZDI1NTE5In0.eyJzdWIiOiIuLi4ifQ.c2lnbmF0dXJl",
        "expires_at": "2023-09-15T09:10:00Z",
    },
    "AccountState": _STATE,
    "AccountView": _VIEW,
    "AccountList": {"items": [_VIEW], "next": None},
    "InvitationBody": {
        "name": "Marloes Esdoorn",
        "email": "marloes@doorpakken.example",
        "roles": _ROLES,
    },
    "RolesBody": {"roles": _ROLES},
    "PasswordChangeBody": {"current": "een lang wachtwoord", "password": "nog een lang wachtwoord"},
    "PasswordBody": {"token": _TOKEN, "password": "een lang wachtwoord"},
    "RecoveryBody": {"email": "marloes@doorpakken.example"},
    "OwnNameBody": {"name": "Marloes Esdoorn"},
}

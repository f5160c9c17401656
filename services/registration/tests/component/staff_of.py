"""Staff with other roles than the desk's."""

from collections.abc import Mapping

from doorpakken_plumbing.identity.staff import Staff, sign_token

from services.registration.tests.component.desk import Desk


def token_of(desk: Desk, roles: Mapping[str, str]) -> str:
    """Of somebody with these roles, by gathering."""
    key = desk.settings.staff_private_key.get_secret_value()
    return sign_token(key, Staff("staff-2", roles, "session-2"))


def bearer(desk: Desk, roles: Mapping[str, str]) -> dict[str, str]:
    """The header for requests in their name."""
    return {"Authorization": f"Bearer {token_of(desk, roles)}"}

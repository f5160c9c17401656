"""What requests about staff accounts carry: roles, and a password."""

from typing import Annotated, Literal, get_args

from pydantic import Field

from doorpakken_registration.staff.passwords import PASSWORD_LENGTH_MAX, PASSWORD_LENGTH_MIN
from doorpakken_registration.web.fields import Body, Email, Id, Name

ROLES_MAX = 200

Role = Literal["reader", "door", "organiser", "administrator"]
ROLES: tuple[str, ...] = get_args(Role)
Roles = Annotated[
    dict[Id, Role],
    Field(max_length=ROLES_MAX, description="by gathering id; `*` is every gathering"),
]
NewPassword = Annotated[str, Field(min_length=PASSWORD_LENGTH_MIN, max_length=PASSWORD_LENGTH_MAX)]


class InvitationBody(Body):
    """A colleague to be: a name, an address to mail, and what they may do."""

    name: Name
    email: Email
    language: Literal["nl", "en"] = "nl"
    roles: Roles


class RolesBody(Body):
    """All roles from now on."""

    roles: Roles


class PasswordChangeBody(Body):
    """The password of now, and the next one."""

    current: str = Field(max_length=PASSWORD_LENGTH_MAX)
    password: NewPassword


class PasswordBody(Body):
    """The token of a mailed link, and the password that is chosen."""

    token: str = Field(max_length=400)
    password: NewPassword


class RecoveryBody(Body):
    """Somebody who forgot their password."""

    email: Email


class OwnNameBody(Body):
    """What you are called."""

    name: Name

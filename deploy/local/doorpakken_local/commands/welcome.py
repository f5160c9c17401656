"""The text shown once a system is up. Names the file with the password, never the password."""

from doorpakken_plumbing.mongo.admin import without_login

from doorpakken_local.services import FIRST_STAFF_EMAIL
from doorpakken_local.system import System


def welcome(system: System) -> str:
    lines = ["", "[bold]Doorpakken is up.[/] Ctrl-C stops it.", ""]
    lines += [f"  {name:<14} {url}" for name, url in system.urls.items()]
    if system.infrastructure_only:
        return "\n".join(lines + _bare(system))
    staff = f"{FIRST_STAFF_EMAIL}, password in {system.folder.staff_password}"
    return "\n".join([*lines, f"  {'staff login':<14} {staff}", ""])


def _bare(system: System) -> list[str]:
    access = system.access
    return [
        f"  {'smtp':<14} {access.smtp_url}",
        f"  {'kafka':<14} {access.kafka.bootstrap}",
        f"  {'mongodb':<14} {without_login(access.mongodb_admin_uri)}",
        "",
        "Run one service alone, with its own passwords, for example:",
        f"  (set -a; . {system.folder.env}/registration.env; "
        "exec python -m doorpakken_registration)",
        "",
    ]

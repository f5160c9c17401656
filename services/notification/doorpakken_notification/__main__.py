"""`python -m doorpakken_notification`: runs one instance as its environment says."""

from doorpakken_plumbing.serve import run

from doorpakken_notification.main import notification
from doorpakken_notification.settings import Settings

if __name__ == "__main__":
    run(notification(Settings()))

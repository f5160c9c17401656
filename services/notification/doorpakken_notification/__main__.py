"""Runs one instance, configured by its environment: `python -m doorpakken_notification`."""

from doorpakken_plumbing.serve import run

from doorpakken_notification.main import create_app
from doorpakken_notification.settings import Settings

if __name__ == "__main__":
    run(create_app(Settings()))

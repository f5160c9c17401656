"""`python -m doorpakken_reporting` runs one instance, configured by environment variables."""

from doorpakken_plumbing.serve import run

from doorpakken_reporting.main import create_app
from doorpakken_reporting.settings import Settings

if __name__ == "__main__":
    run(create_app(Settings()))

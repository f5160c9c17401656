"""Runs one instance of matching, configured by environment variables."""

from doorpakken_plumbing.serve import run

from doorpakken_matching.main import create_app
from doorpakken_matching.settings import Settings

if __name__ == "__main__":
    run(create_app(Settings()))

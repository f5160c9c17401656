"""`python -m doorpakken_reporting`: one instance, as its environment says."""

from doorpakken_plumbing.serve import run

from doorpakken_reporting.main import reporting
from doorpakken_reporting.settings import Settings

if __name__ == "__main__":
    run(reporting(Settings()))

"""`python -m doorpakken_registration`: runs one instance, configured by its environment."""

from doorpakken_plumbing.serve import run

from doorpakken_registration.main import create_app
from doorpakken_registration.settings import Settings

run(create_app(Settings()))

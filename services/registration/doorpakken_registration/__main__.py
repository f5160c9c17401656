"""`python -m doorpakken_registration`: one instance, as its environment says."""

from doorpakken_plumbing.serve import run

from doorpakken_registration.main import compose
from doorpakken_registration.settings import Settings

run(compose(Settings()))

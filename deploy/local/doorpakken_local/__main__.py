"""`python -m doorpakken_local` is the command `doorpakken`."""

from doorpakken_local.cli import app

app(prog_name="doorpakken")

"""Runs the command `doorpakken` as `python -m doorpakken_local`."""

from doorpakken_local.cli import app

app(prog_name="doorpakken")

"""The implementation of each `doorpakken` command and its output."""

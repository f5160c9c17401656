"""What each command of `doorpakken` does, and how it tells it."""

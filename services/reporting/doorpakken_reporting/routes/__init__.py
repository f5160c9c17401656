"""The HTTP endpoints of reporting, for staff only."""

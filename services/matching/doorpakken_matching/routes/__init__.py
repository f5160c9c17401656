"""The HTTP endpoints of matching, for staff only: one file per subject."""

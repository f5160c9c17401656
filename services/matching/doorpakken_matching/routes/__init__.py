"""The HTTP door of matching, for staff only: a file per subject."""

"""Attendance at a gathering: sign-up, check-in, cancelling, private details and places."""

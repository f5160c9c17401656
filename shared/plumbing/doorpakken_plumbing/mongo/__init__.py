"""Reads, writes and administers MongoDB; motor is imported in one file here."""

"""Counts the result in stores, on topics and on pages, and compares it with what is expected."""

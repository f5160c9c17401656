"""Counts the result in topics, in stores and on pages, and compares it with what the steps noted."""

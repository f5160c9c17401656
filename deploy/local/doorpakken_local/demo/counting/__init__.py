"""Counts the result in topics, stores and pages, and compares it with what the steps noted."""

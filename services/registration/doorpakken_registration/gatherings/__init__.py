"""Gatherings, and the attendees that each of them has."""

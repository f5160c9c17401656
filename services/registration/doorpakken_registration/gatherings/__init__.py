"""Gatherings and their attendees."""

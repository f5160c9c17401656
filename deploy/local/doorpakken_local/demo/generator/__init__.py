"""Generates stories of any size."""

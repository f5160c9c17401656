"""Pitches with their needs, and the support and offers they receive."""

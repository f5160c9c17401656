"""Organisations, each stored once."""

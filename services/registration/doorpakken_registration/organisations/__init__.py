"""Organisations, each known once."""

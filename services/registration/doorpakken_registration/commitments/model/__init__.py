"""Commitments as values: their moves, dates and marks."""

"""Computes a plan from received states: inputs, scores, slots and rooms, seats."""

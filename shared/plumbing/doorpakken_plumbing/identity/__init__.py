"""Identifies callers (staff, link holders, machines), and limits how often they may ask."""

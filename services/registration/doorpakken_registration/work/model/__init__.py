"""The objects and rules of work."""

"""The queries and indexes of work."""

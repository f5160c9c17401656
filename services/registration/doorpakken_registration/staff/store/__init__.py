"""The MongoDB queries and indexes of staff."""

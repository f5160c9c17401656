"""The MongoDB queries and indexes of following."""

"""The MongoDB queries and indexes of common."""

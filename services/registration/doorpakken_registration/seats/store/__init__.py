"""The MongoDB queries and indexes of seats."""

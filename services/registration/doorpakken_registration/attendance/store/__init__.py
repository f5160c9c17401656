"""The MongoDB queries and indexes of attendance."""
